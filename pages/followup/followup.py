"""From report to effect: where do persons stand, how long does it take, and what is past its limit?"""

from ui import filters, layout, results
from ui.followup import bodies, clock, drawn, shares, told
from ui.frame import menu
from ui.showing import figures

w = filters.current_words()
chosen = filters.current()
found = told.of(chosen)
told.headline(w, found)
layout.text(told.unknown(w, found))
views = {code: w(f"followup.view.{code}") for code in ("all", "days", "election", "shares", "bodies")}
view = filters.choice("rinci", views, w("followup.view.label")) if found.is_registered else "none"

if view == "election":
    layout.section(w("followup.clock.title"))
    layout.text(w("followup.clock.lead", k=found.k))
    clock.show(w, clock.of(chosen))
elif view == "shares":
    layout.section(w("followup.shares.title"))
    layout.text(w("followup.shares.lead"))
    shares.show(w, chosen)
elif view == "bodies":
    layout.section(w("followup.bodies.title"))
    layout.text(w("followup.bodies.lead"))
    bodies.show(w, bodies.of(chosen))
elif view == "days":
    left, right = layout.beside()
    with left:
        layout.section(w("followup.spans"))
        layout.text(w("followup.spans_lead", k=found.k))
        drawn.spans(w, found)
    with right:
        layout.section(w("followup.waiting"))
        layout.text(w("followup.waiting_lead"))
        drawn.waiting(w, found)
elif view == "all":
    layout.section(w("followup.standing"))
    layout.text(w("followup.standing_lead"))
    drawn.stages(w, found)
    layout.section(w("followup.pairs"))
    compared = results.of("decided_persons", chosen, "kalimantan", group="comparison")
    layout.text(told.compared(w, results.shown(compared)))
    figures.told(w, compared, "compared")
    menu.link(w, "sanctions", w("followup.pairs_link"))

    layout.section(w("followup.overdue"))
    layout.text(w("followup.overdue_lead"))
    drawn.governments(w, found)

layout.section(w("followup.limits"))
layout.text(w("followup.limits_lead"))
drawn.law(w)
