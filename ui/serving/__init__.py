"""How documents, scripts and geometry reach the browser: compressed, and in the reader's language."""

from ui.serving.compression import CompressedResponses
from ui.serving.document import LocalisedDocument

__all__ = ["CompressedResponses", "LocalisedDocument"]
