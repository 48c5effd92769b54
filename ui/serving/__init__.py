"""How documents, scripts and geometry reach the browser: compressed, and in the reader's language."""

from ui.serving.compression import CompressedResponses
from ui.serving.document import LocalisedDocument
from ui.serving.uploads import GuardedUploads, keep_uploads_in_memory

__all__ = ["CompressedResponses", "GuardedUploads", "LocalisedDocument", "keep_uploads_in_memory"]
