"""Which agencies differ by more than chance?"""

from ui import filters, layout, results
from ui.showing import figures
from ui.topics import against, between, comparison, differences, profile
from ui.unit import parts, sides

w = filters.current_words()
chosen = filters.current()
if len(chosen.agencies) == 1:
    between.open_agency(w, chosen)
    layout.headline(w, [results.of(name, chosen, "kalimantan") for name in profile.FIGURES])
    parts.show(w, chosen, "agency")
else:
    by = results.finest(chosen)
    if by == "government":
        comparison.invite(w)
    units = results.of("alleged_rate", chosen, by)
    whole = results.of("alleged_rate", chosen, "kalimantan")
    look = filters.choice("lihat", between.looks(w), w("between.look"))
    if look in sides.KINDS:
        picked = filters.several(
            "banding", comparison.names(units), w("pages.agencies.compare"), comparison.MOST
        )
        sides.show(w, chosen, look, picked, by)
    elif look == "rate":
        against.rates(w, units, whole)
        splits = {code: w(f"pages.agencies.splits.{code}") for code in ("all", "employment")}
        if filters.choice("rinci", splits, w("pages.agencies.split")) == "employment":
            split = results.of("alleged_rate", chosen, by, "whole", "employment_type")
            figures.interval_list(w, split, "agencies_split", whole)
        else:
            figures.interval_list(w, units, "agencies", whole)
    else:
        against.expected(w, look, units, whole)

    if look not in sides.KINDS:
        layout.section(w("pages.agencies.compare"))
        layout.text(w("pages.agencies.compare_lead"))
        picked = filters.several(
            "banding", comparison.names(units), w("pages.agencies.compare"), comparison.MOST
        )
        if picked:
            split = results.of("alleged_rate", chosen, by, "whole", "employment_type")
            figures.side_by_side(w, (units, split), picked, whole)
            layout.section(w("comparing.title"))
            base = filters.choice("lawan", differences.againsts(w), w("comparing.against"))
            figures.apart(w, units, whole, picked, base)
