"""Small lookups come back as plain values in a stable order."""

import pytest

from errors import WarehouseError
from tests import builders
from warehouse import reference
from warehouse.connection import open_warehouse


def test_places_and_employers(warehouse):
    regions = reference.regions(warehouse)
    assert len(regions) == 61
    assert [row.region_code for row in regions] == sorted(row.region_code for row in regions)
    samarinda = next(row for row in regions if row.region_code == "6472")
    assert (samarinda.kind, samarinda.province_code) == ("kota", "64")
    assert samarinda.tile_row is not None
    assert regions[0].tile_row is None
    assert len(reference.governments(warehouse)) == 61
    assert "6472-rsud" in [row.agency_id for row in reference.agencies(warehouse)]


def test_an_agency_that_was_followed_by_another_cannot_be_chosen(tmp_path):
    home = {"government_code": "6408", "agency_type": "dinas"}
    rows = [
        {"agency_id": "6408-a", "name": "A", "successor_id": "6408-b", "lineage_id": "6408-b", **home},
        {"agency_id": "6408-b", "name": "B", "lineage_id": "6408-b", **home},
    ]
    opened = open_warehouse(builders.build(tmp_path, {"core_agency": rows}))
    assert [row.agency_id for row in reference.agencies(opened)] == ["6408-b"]
    assert list(reference.known(opened, "id").agencies) == ["6408-b"]
    opened.close()


def test_elections_by_voting_day_in_both_languages(warehouse):
    elections = reference.elections(warehouse)
    assert [row.voting_on for row in elections] == sorted(row.voting_on for row in elections)
    last = next(row for row in elections if row.election_code == "PILKADA2024")
    assert (last.name("id"), last.name("en")) == (
        "Pilkada Serentak 2024",
        "Simultaneous regional head elections 2024",
    )
    assert ("PILKADA2017", "6401") not in reference.voting_regions(warehouse)
    assert ("PILKADA2024", "6401") in reference.voting_regions(warehouse)


def test_the_legal_catalogue_from_light_to_heavy(warehouse):
    ranks = [row.rank for row in reference.sanctions(warehouse)]
    assert ranks == sorted(ranks)
    assert reference.sanctions(warehouse)[0].name("id").startswith("Sanksi moral")
    assert reference.violation_types(warehouse)[0].name("en")


def test_evidence_and_quality_come_as_frames_that_may_be_changed(tmp_path):
    rows = {
        "core_published_figure": [
            {"figure_id": name, "election_code": "PILKADA2024", "url": "https://example.org"}
            for name in ("F2", "F1")
        ],
        "core_published_overlap": [{"figure_id": "F1", "other_figure_id": "F2"}],
        "core_published_workforce": [{"figure_id": "W1", "pns": 10}],
        "core_rejection": [{"source_id": "S1", "row_number": 3, "column_name": "NIP", "rule": "nip_missing"}],
        "core_source": [{"source_id": "S1", "kind": "roster", "government_code": "64", "rows_read": 5}],
    }
    warehouse = open_warehouse(builders.build(tmp_path, rows))
    figures = reference.published_figures(warehouse)
    assert figures["figure_id"].tolist() == ["F1", "F2"]
    figures["figure_id"] = "changed"
    assert reference.published_figures(warehouse)["figure_id"].tolist() == ["F1", "F2"]
    assert reference.published_overlaps(warehouse)["other_figure_id"].tolist() == ["F2"]
    assert reference.published_workforce(warehouse)["pns"].tolist() == [10]
    assert [(row.source_id, row.rows_read, row.pns_active) for row in reference.sources(warehouse)] == [
        ("S1", 5, None)
    ]


def test_the_receipt_is_one_row(tmp_path):
    warehouse = open_warehouse(builders.build(tmp_path))
    assert reference.build(warehouse).as_of == builders.AS_OF
    without = open_warehouse(builders.build(tmp_path / "without", {"core_build": []}))
    with pytest.raises(WarehouseError, match="no receipt"):
        reference.build(without)


def test_what_a_reader_may_choose_has_names(warehouse):
    known = reference.known(warehouse, "id")
    assert known.provinces["64"] == "Kalimantan Timur"
    assert known.governments["6472"] == "Pemerintah Kota Samarinda"
    assert known.agencies["6472-rsud"] == "Rsud"
    assert known.elections["PEMILU2024"] == "Pemilihan Umum 2024"
    assert reference.known(warehouse, "en").elections["PEMILU2024"] == "General election 2024"
    assert "DIS-01" in known.violations


def test_how_many_rows_a_register_holds_is_not_told_to_everybody(tmp_path):
    rows = [
        {
            "source_id": kind,
            "kind": kind,
            "file_name": kind,
            "rows_read": 9,
            "rows_loaded": 8,
            "rows_rejected": 1,
        }
        for kind in ("roster", "cases", "discipline")
    ]
    built = builders.build(tmp_path, {"core_source": rows})
    told = {
        row.kind: (row.rows_read, row.rows_loaded, row.rows_rejected)
        for row in reference.sources(open_warehouse(built))
    }
    assert told == {"roster": (9, 8, 1), "cases": (None,) * 3, "discipline": (None,) * 3}
    assert {row.rows_read for row in reference.sources(builders.in_full(built))} == {9}
