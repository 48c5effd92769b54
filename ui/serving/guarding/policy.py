"""The headers of every answer: which origins a document may use, and what a browser may do with the rest."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from streamlit import file_util

Headers = tuple[tuple[bytes, bytes], ...]

ALWAYS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "camera",
            "display-capture",
            "geolocation",
            "microphone",
            "midi",
            "payment",
            "serial",
            "usb",
        )
    ),
}
HSTS: Final = "max-age=31536000"
# For scripts, data, files, errors: opened as a document of their own they may do nothing at all.
NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Emotion and Plotly put an empty <style> into the document and write their rules through its object model; React Aria and
# MapLibre (inside Plotly) bring theirs as a text. After an upgrade a browser says in its console which hash it misses.
STYLES: Final = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",  # empty
    "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",  # React Aria: touch-action of what can be pressed
    "'sha256-2GF9hCGTDj/GGFNlQA54jDdMGl2fvoeZmZjAvBSiAtM='",  # MapLibre
)
_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def document(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Content security policy of the HTML document with exactly these inline scripts and styles, and Streamlit's own.

    Inline scripts run by their hash only, and nothing is evaluated from text. Style attributes cannot be told apart by
    hash without listing all of them; Plotly and Streamlit write them.
    """
    allowed_scripts = " ".join(["'self'", *map(digest, (*scripts, *_of_streamlit()))])
    allowed_styles = " ".join(["'self'", *map(digest, styles), *STYLES])
    rules = {
        "default-src": "'none'",
        "script-src": allowed_scripts,
        "script-src-attr": "'none'",
        # Browsers that know no -elem and -attr read this one.
        "style-src": "'self' 'unsafe-inline'",
        "style-src-elem": allowed_styles,
        "style-src-attr": "'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "media-src": "'none'",
        "worker-src": "'none'",
        "frame-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def digest(text: str) -> str:
    """A source expression that allows this inline text and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def headers(content_policy: str, tls: bool) -> Headers:
    """All headers of an answer as ASGI has them; `tls`: readers come by HTTPS only, and browsers shall remember it."""
    told = {**ALWAYS, "content-security-policy": content_policy}
    if tls:
        told["strict-transport-security"] = HSTS
    return tuple((name.encode(), value.encode()) for name, value in told.items())


@cache
def _of_streamlit() -> tuple[str, ...]:
    index = Path(file_util.get_static_dir()) / "index.html"
    return tuple(_INLINE_SCRIPT.findall(index.read_text(encoding="utf-8")))
