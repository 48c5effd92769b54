"""Files at stable addresses: answers and packages of every kept build for scripts, under `/unduh/v1`."""

from ui.serving.files.routing import ADDRESS, routes

__all__ = ["ADDRESS", "routes"]
