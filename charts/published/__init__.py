"""Published figures: dots by election and stage (`figure`, `alt`), what was known when (`timeline`), who has any (`coverage`)."""

from charts.published.dots import STAGES, alt, figure

__all__ = ["STAGES", "alt", "figure"]
