"""What the follow-up clock answers, and that nothing small leaves it."""

from datetime import date

import pytest

from metrics.followup.asked import follow_up, law, waited
from metrics.followup.standing import NOBODY, PARTS, STAGES, Count
from stats.waiting.rounding import told
from tests import builders
from tests.metrics.followup.rows import counted, everywhere, many
from warehouse.connection import open_warehouse
from warehouse.selection import Selection


@pytest.fixture
def ask(tmp_path):
    opened = []

    def run(rows, selection=Selection(), question=follow_up):  # noqa: B008 - frozen
        warehouse = counted(builders.build(tmp_path, {"mart_followup": rows}, f"b{len(opened)}"))
        opened.append(warehouse)
        return question(warehouse, selection)

    yield run
    for warehouse in opened:
        warehouse.close()


def cell(found, stage, part):
    frame = found.stages
    return frame[(frame["stage"] == stage) & (frame["part"] == part)]["persons"].iloc[0]


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)]
)
def test_counts_are_told_as_multiples_and_small_ones_not_at_all(count, shown):
    assert told(count, 5) == shown


def test_every_count_that_leaves_is_zero_or_a_multiple(ask):
    rows = (
        everywhere(7)
        + many(3, "delivery", "open", timing="overdue", is_overdue=True)
        + many(2, "examination", "ended")
    )
    found = ask(rows)
    ranges = [
        *zip(found.stages["least"], found.stages["most"], strict=True),
        *zip(found.stages["total_least"], found.stages["total_most"], strict=True),
        *(
            (row[f"{name}_least"], row[f"{name}_most"])
            for row in found.governments.to_dict("records")
            for name in ("waiting", "overdue")
        ),
        *(
            found.persons,
            found.waiting,
            found.overdue,
            found.blocked,
            found.still_blocked,
            found.steps,
            found.undated,
        ),
    ]
    assert (1, 4) in ranges
    counts = [n for least, most in ranges if (least, most) != (1, 4) for n in {least, most}]
    for wait in ask(rows, question=waited).waits.values():
        counts += [wait.subjects, wait.left_out]
        counts += [n for name in ("waiting", "reached", "ended", "followed") for n in wait.risk[name]]
    assert all(n is None or str(n) == "<NA>" or n % 5 == 0 for n in counts)


def test_where_persons_stand(ask):
    rows = (
        many(10, "review")
        + many(20, "review", timing="late", limit_days=5)
        + many(15, "review", "undated_end")
    )
    rows += many(30, "review", "open", timing="overdue", limit_days=5) + many(5, "review", "ended")
    rows += many(10, "examination", "open", holder="bkn") + many(5, "effect", "open", holder="appeal_body")
    rows += many(10, "block", "open", holder="ppk") + many(5, "block", holder="ppk")
    found = ask(rows)
    assert [cell(found, "review", part) for part in PARTS] == [10, 20, 0, 30, 5, 15]
    assert cell(found, "remedy", "waiting") == 5
    assert cell(found, "effect", "waiting") == 0
    assert [n.exact for n in (found.waiting, found.overdue, found.undated, found.steps)] == [45, 30, 15, 95]
    assert (found.blocked.exact, found.still_blocked.exact, found.holder) == (15, 10, "bkn")
    (row,) = found.governments.to_dict("records")
    assert (row["government_code"], row["waiting_least"], row["overdue_most"]) == ("6472", 45, 30)
    assert found.last_on == date(2024, 10, 23)
    limited = found.stages.drop_duplicates("stage").set_index("stage")["limited"]
    assert limited["review"] and not limited["examination"]


def test_a_selection_narrows_every_part_of_the_answer(ask):
    found = ask(everywhere(), Selection(governments=("6472",)))
    assert list(found.governments["government_code"]) == ["6472"]
    assert found.persons == Count(10, 10)
    assert found.blocked == NOBODY
    nobody = ask(everywhere(), Selection(elections=("PEMILU2019",)))
    assert (nobody.persons, nobody.waiting) == (NOBODY, NOBODY)
    assert (len(nobody.governments), nobody.is_simulated) == (0, False)
    assert list(nobody.stages["stage"].unique()) == list(STAGES)


def test_the_law_is_told_in_the_order_of_the_procedure(tmp_path):
    row = {"limit_code": "a", "stage": "review", "judged": "yes", "note_id": "x", "note_en": "y"}
    rows = [row, row | {"limit_code": "b", "stage": "intake"}]
    warehouse = open_warehouse(builders.build(tmp_path, {"core_followup_limit": rows}))
    assert [line["stage"] for line in law(warehouse)] == ["intake", "review"]
    warehouse.close()
