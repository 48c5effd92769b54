"""Activities by kind and election: every number of the frame stands in the figure, and what is not listed is no zero."""

from charts.published import prevention
from charts.theme import DARK, LIGHT
from language import words
from tests.charts.test_figures import ACTIVITIES

ID, EN = words("id"), words("en")


def test_every_number_stands_in_its_cell_and_what_is_not_listed_is_a_dash():
    made = prevention.figure(ACTIVITIES, words=ID, theme=LIGHT)
    assert [list(line) for line in made.data[0].text] == [["–", "1.250"], ["1", "2"]]
    assert list(made.layout.yaxis.ticktext) == ["Sosialisasi", "Ikrar atau pakta<br>integritas"]
    assert list(made.layout.xaxis.ticktext) == ["Pilkada 2020", "Pilkada 2024"]


def test_more_activities_are_not_drawn_as_better():
    grid = prevention.figure(ACTIVITIES, words=EN, theme=DARK).data[0]
    assert {cell for line in grid.z for cell in line} == {0, 1}
    assert len({colour for _, colour in grid.colorscale}) == 2


def test_the_sentence_counts_by_election_and_explains_the_dash():
    told = prevention.alt(ACTIVITIES, words=EN)
    assert told.startswith(
        "Listed activities by election (1,253 in all): Pilkada 2020: 1 and Pilkada 2024: 1,252."
    )
    assert "not zero" in told
    assert "simulated" not in told
    assert prevention.alt(ACTIVITIES.iloc[:0], words=EN) == "There are no rows to show."
    assert not prevention.figure(ACTIVITIES.iloc[:0], words=EN, theme=LIGHT).data


def test_simulated_activities_are_marked_in_figure_and_sentence():
    mixed = ACTIVITIES.assign(is_simulated=[False, True, False])
    made = prevention.figure(mixed, words=EN, theme=LIGHT)
    assert [note.text for note in made.layout.annotations] == [EN("chart.simulated")]
    assert prevention.alt(mixed, words=EN).endswith(f"{EN('chart.simulated')}.")
    assert not prevention.figure(ACTIVITIES, words=EN, theme=LIGHT).layout.annotations
