"""The glossary: terms and meanings of the catalogue, in its order. Run as a program it writes docs/glossary.md."""

from __future__ import annotations

import sys
from typing import Final

from language.catalogue import catalogue

_KEY: Final = "glossary."
_TERM: Final = ".term"


def entries(lang: str) -> tuple[tuple[str, str], ...]:
    """Term and meaning in the language `id` or `en`."""
    texts = catalogue()
    names = [key.removesuffix(_TERM) for key in texts if key.startswith(_KEY) and key.endswith(_TERM)]
    return tuple(
        (texts[name + _TERM][lang].other, texts[f"{name}.meaning"][lang].other)
        for name in names
        if name != f"{_KEY}head"
    )


def markdown() -> str:
    """The page of the documentation, both languages beside each other."""
    rows = zip(entries("en"), entries("id"), strict=True)
    lines = [
        "# Glossary",
        "",
        "Written from `language/messages/glossary.yml` by `make docs`; the page *Metode* shows the same. English terms of the field, and",
        "Indonesian legal terms where there is no English one.",
        "",
        "| Term | Meaning | Istilah | Arti |",
        "|---|---|---|---|",
        *(f"| {term} | {meaning} | {istilah} | {arti} |" for (term, meaning), (istilah, arti) in rows),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(markdown())
