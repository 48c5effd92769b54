"""How severe: parts of a bar (`figure`, `alt`), and recommended against imposed (`matrix`)."""

from charts.severity.bars import alt, figure

__all__ = ["alt", "figure"]
