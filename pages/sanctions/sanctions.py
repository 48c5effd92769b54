"""How severe are the sanctions, and was what was recommended imposed?"""

from ui import filters, layout, results
from ui.frame.address import LOOKS_OF_SANCTIONS
from ui.showing import figures

w = filters.current_words()
chosen = filters.current()
names = ("recommended_persons", "decided_persons", "as_recommended_share")
layout.headline(w, [results.of(name, chosen, "kalimantan") for name in names])

first, second = layout.row(2)
with first:
    looks = {code: w(f"pages.sanctions.looks.{code}") for code in LOOKS_OF_SANCTIONS}
    look = filters.choice("lihat", looks, w("pages.sanctions.look"))
with second:
    splits = {code: w(f"pages.sanctions.bys.{code}") for code in ("province", "election", "agency")}
    split = filters.choice("rinci", splits, w("pages.sanctions.by"))
by = {"province": "province", "election": "kalimantan"}.get(split, results.finest(chosen))
period = "election" if split == "election" else "whole"

if look == "levels":
    left, right = layout.beside()
    with left:
        layout.section(w("pages.sanctions.severity"))
        recommended = results.of("recommended_persons", chosen, by, period, "recommended_severity")
        figures.severity_bars(w, recommended, f"recommended_{split}")
    with right:
        layout.section(w("pages.sanctions.imposed"))
        imposed = results.of("decided_persons", chosen, by, period, "imposed_severity")
        figures.severity_bars(w, imposed, f"imposed_{split}")
else:
    left, right = layout.beside()
    with left:
        layout.section(w("pages.sanctions.pairs"))
        layout.text(w("pages.sanctions.pairs_lead"))
        pairs = results.of("decided_persons", chosen, "kalimantan", group="severity_pair")
        figures.severity_matrix(w, pairs, "pairs")
        layout.section(w("pages.sanctions.compared"))
        layout.text(w("pages.sanctions.compared_lead"))
        compared = results.of("decided_persons", chosen, by, period, "comparison")
        figures.severity_bars(w, compared, f"compared_{split}")
    with right:
        layout.section(w("pages.sanctions.share"))
        layout.text(w("pages.sanctions.share_lead"))
        share = results.of("as_recommended_share", chosen, by, period)
        figures.shares(w, share, f"share_{split}")
