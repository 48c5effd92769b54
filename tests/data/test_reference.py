"""The facts that come with the code keep their shape: governments, codes, elections, catalogues, published figures."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest

from etl.meaning.regions import region_of_name
from settings import ROOT

DATA = ROOT / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_61_governments_with_unique_codes_in_all_three_systems():
    regions = rows("reference/regions.csv")
    assert len(regions) == 61
    assert [row["level"] for row in regions].count("province") == 5
    for column in ("code", "bps_code", "bkn_instansi_code", "name"):
        assert len({row[column] for row in regions}) == 61, column
    assert all(row["province_code"] == row["code"][:2] for row in regions)


def test_the_codes_of_two_systems_collide_and_are_told_apart():
    by_code = {row["code"]: row for row in rows("reference/regions.csv")}
    by_bps = {row["bps_code"]: row for row in by_code.values()}
    assert by_code["6402"]["short_name"] == "Kutai Kartanegara"
    assert by_bps["6402"]["short_name"] == "Kutai Barat"
    assert sum(code != row["bps_code"] for code, row in by_code.items()) == 23


def test_every_name_and_alias_finds_its_own_region():
    for row in rows("reference/regions.csv"):
        for spelling in (row["name"], *row["aliases"].split(";")):
            assert region_of_name(spelling) is not None, spelling
        assert region_of_name(row["name"]) == row["code"]


def test_the_tile_grid_has_every_regency_once():
    tiles = rows("reference/tilegrid.csv")
    codes = {row["code"].replace(".", "") for row in tiles}
    assert codes == {row["code"] for row in rows("reference/regions.csv") if row["level"] == "regency"}
    assert len({(row["row"], row["col"]) for row in tiles}) == 56


def test_the_dates_of_an_election_are_in_order():
    for row in rows("reference/elections.csv"):
        stages = ("candidate_set_date", "campaign_start", "campaign_end", "quiet_start", "voting_date")
        dates = [date.fromisoformat(row[name]) for name in stages if row[name]]
        assert dates == sorted(dates), row["code"]
        assert row["voting_date"]
        assert row["source_url"]


def test_every_voting_region_and_election_exists():
    regions = {row["code"] for row in rows("reference/regions.csv")}
    elections = {row["code"] for row in rows("reference/elections.csv")}
    found = rows("reference/elections_regions.csv")
    assert {row["region_code"] for row in found} <= regions
    assert {row["election_code"] for row in found} == elections
    keys = [(row["election_code"], row["region_code"], row["contest"]) for row in found]
    assert len(keys) == len(set(keys))


def test_every_regency_elected_its_head_once_in_2015_2017_or_2018():
    waves = [
        row["region_code"]
        for row in rows("reference/elections_regions.csv")
        if row["contest"] == "regent_mayor"
        and row["election_code"] in ("PILKADA2015", "PILKADA2017", "PILKADA2018")
    ]
    assert len(waves) == len(set(waves)) == 56


def test_sanctions_of_violation_types_exist_and_moral_ones_are_not_light():
    sanctions = {row["code"]: row for row in rows("reference/sanctions.csv")}
    for row in rows("reference/violation_types.csv"):
        assert {row["sanction_min"], row["sanction_max"]} <= set(sanctions) | {""}, row["code"]
    assert {sanctions[code]["severity"] for code in ("MORAL_OPEN", "MORAL_CLOSED")} == {"moral"}
    assert len({row["rank"] for row in sanctions.values()}) == len(sanctions)


def test_counterparts_join_ethics_before_and_discipline_after():
    category = {row["code"]: row["category"] for row in rows("reference/violation_types.csv")}
    for row in rows("reference/violation_counterparts.csv"):
        assert category[row["before_code"]] == "code_of_ethics"
        assert category[row["after_code"]] == "discipline"
        assert row["violation_code"] in (row["before_code"], row["after_code"])


def test_published_figures_have_an_address_one_unit_and_links_both_ways():
    figures = {row["figure_id"]: row for row in rows("published/violations.csv")}
    assert len(figures) == 329
    for figure_id, row in figures.items():
        assert row["url"].startswith("http"), figure_id
        assert bool(row["asn_count"]) != bool(row["case_count"]), figure_id
        for other in filter(None, row["overlaps_figure_id"].split(";")):
            assert figure_id in figures[other]["overlaps_figure_id"].split(";"), (figure_id, other)


@pytest.mark.parametrize(("name", "count"), [("workforce", 118), ("agencies", 141)])
def test_the_other_published_tables_are_whole(name, count):
    found = rows(f"published/{name}.csv")
    assert len(found) == count
    regions = {row["code"] for row in rows("reference/regions.csv")} | {""}
    assert {row["province_code"] for row in found} <= regions
    assert {row["regency_code"] for row in found} <= regions


def test_pemprov_kaltim_has_its_published_workforce():
    (row,) = (r for r in rows("published/workforce.csv") if r["asn_total"] == "14662")
    assert (row["pns"], row["pppk"], row["province_code"], row["regency_code"]) == ("9607", "5055", "64", "")


def test_no_number_of_a_living_person_stands_in_the_data():
    living = re.compile(
        r"(?<!\d)19[3-9]\d(0[1-9]|1[0-2])([0-2]\d|3[01])(19[5-9]\d|20[0-2]\d)(0[1-9]|1[0-2]|2\d)[12]\d{3}(?!\d)"
    )
    for path in [*DATA.glob("reference/*"), *DATA.glob("published/*")]:
        assert not living.search(path.read_text("utf-8")), path.name
