"""Names and codes of regions in one register: three systems look alike, and a wrong reading is worse than a refusal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import ContractError
from etl.cards.card import read_cards
from etl.loading.cases import CasesRequest, load_cases
from etl.meaning.codes import read_codes
from etl.meaning.regions import CODE_COLUMNS, read_regions
from tests.etl.files import CASE_HEADER, case, write_csv


def register(*governments: str, **more: str):
    return [
        case(**{"Nomor Register": f"{n}/LP/X/2024", "Instansi": g} | more) for n, g in enumerate(governments)
    ]


def codes_of(session, path, system=None):
    card, _ = load_cases(session, CasesRequest(path, "x", system))
    return [row[0] for row in session.con.execute("SELECT government_code FROM people").fetchall()], card


def test_bare_codes_that_mean_different_regions_are_refused_with_the_way_out(session, room, tmp_path):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, *register("6402", "Kab. Paser")])
    with pytest.raises(
        ContractError, match="6402: kemendagri = Kabupaten Kutai Kartanegara, bps = Kabupaten Kutai Barat"
    ) as e:
        load_cases(session, CasesRequest(path, "x"))
    assert "--code-system" in e.value.cure
    assert read_cards(room.sources) == []


@pytest.mark.parametrize(
    ("named", "system", "bare"),
    [
        ("6403 Kab. Kutai Kartanegara", "bps", "6407"),
        ("6402 - Kab. Kutai Kartanegara", "kemendagri", "6402"),
        ("Kabupaten Kutai Barat (6402)", "bps", "6407"),
    ],
)
def test_cells_with_name_and_code_tell_the_system_of_the_bare_ones(session, tmp_path, named, system, bare):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, *register(named, named, "6402")])
    found, card = codes_of(session, path)
    assert found[-1] == bare
    assert card.code_system == system
    assert card.warnings.get("code_system_doubtful") is None


def test_a_code_in_a_column_of_its_own_is_read_with_the_name_beside_it(session, tmp_path):
    header = (*CASE_HEADER, "Kode Instansi")
    rows = [
        (*case(**{"Nomor Register": "1/LP/X/2024", "Instansi": "Pemkab Kutai Barat"}), "6402"),
        (*case(**{"Nomor Register": "2/LP/X/2024", "Instansi": ""}), "6403"),
    ]
    found, card = codes_of(session, write_csv(tmp_path / "k.csv", [header, *rows]))
    assert (found, card.code_system) == (["6407", "6402"], "bps")


def test_the_place_of_the_act_counts_as_evidence_too(session, tmp_path):
    rows = register("6402", **{"Tempat Kejadian": "6402 Kutai Barat"})
    assert codes_of(session, write_csv(tmp_path / "k.csv", [CASE_HEADER, *rows]))[0] == ["6407"]


def test_half_of_the_cells_is_no_majority(session, tmp_path):
    cells = ("6402 Kutai Barat", "6402 Kutai Kartanegara", "6402")
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, *register(*cells)])
    with pytest.raises(ContractError, match="code-system"):
        load_cases(session, CasesRequest(path, "x"))


def test_codes_on_which_all_systems_agree_need_no_declaration(session, tmp_path):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, *register("6401", "64", "6472")])
    assert codes_of(session, path)[0] == ["6401", "64", "6472"]


def test_codes_that_no_single_system_knows_are_a_mixture(session, tmp_path):
    """6404 is BPS alone, 6408 Kemendagri alone; both would be Kutai Timur."""
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, *register("6404", "6408")])
    with pytest.raises(ContractError, match="code-system"):
        load_cases(session, CasesRequest(path, "x"))


def test_an_unknown_code_refuses_its_row_and_not_the_file(session, tmp_path):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, *register("9999", "6401")])
    found, card = codes_of(session, path)
    assert (found, card.rows_rejected) == (["6401"], 1)


def test_a_declared_system_against_the_names_is_followed_with_a_warning(session, tmp_path):
    path = write_csv(
        tmp_path / "k.csv", [CASE_HEADER, *register("6402 Kutai Barat", "6402 Kutai Barat", "6402")]
    )
    found, card = codes_of(session, path, "kemendagri")
    assert found == ["6407", "6407", "6402"]
    assert card.warnings["code_system_doubtful"] == card.warnings["code_contradicts_name"] == 2


def test_two_provinces_stand_in_one_register(session, tmp_path):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, *register("Pemprov Kalbar", "Kab. Nunukan", "6271")])
    assert codes_of(session, path)[0] == ["61", "6503", "6271"]


@pytest.mark.parametrize("text", ["Jl. Sudirman 64", "Gedung 61 lantai 2", "", "2024"])
def test_a_number_among_other_words_is_no_code(text):
    assert read_codes({text: 1}, "kemendagri", "k.csv").region(text) is None


def test_a_spreadsheet_takes_the_last_nought_of_a_dotted_code():
    """63.10 becomes 63.1 and must not be read as the province."""
    assert read_codes({"63.1": 1}, "kemendagri", "k.csv").region("63.1") == "6310"
    assert read_codes({"64.1": 1}, "kemendagri", "k.csv").region("64.1") is None


@pytest.mark.parametrize("text", ["64.02", "6402.0", " 6402 ", "64.02.01", "Kode 6402", "6402 Kukar Raya"])
def test_a_code_as_offices_type_it(text):
    assert read_codes({text: 1}, "kemendagri", "k.csv").region(text) == "6402"


def test_a_corrected_system_loads_the_file_again_and_the_same_one_does_not(session, room, tmp_path):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, *register("6402")])
    assert load_cases(session, CasesRequest(path, "x", "kemendagri"))[1]
    assert not load_cases(session, CasesRequest(path, "x", "kemendagri"))[1]
    assert not load_cases(session, CasesRequest(path, "x"))[1]
    assert load_cases(session, CasesRequest(path, "x", "bps"))[1]
    assert codes_of(session, path, "bps")[1].code_system == "bps"


def test_an_unknown_system_is_refused_by_name(session, tmp_path):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, case()])
    with pytest.raises(ContractError, match="pos"):
        load_cases(session, CasesRequest(path, "x", "pos"))


REGIONS = {row["code"]: row for row in read_regions()}


@given(
    st.sampled_from(sorted(CODE_COLUMNS)),
    st.lists(
        st.tuples(st.sampled_from(sorted(REGIONS)), st.booleans(), st.booleans()), min_size=1, max_size=12
    ),
)
def test_whatever_is_read_is_what_the_writer_meant_or_is_refused(system, cells):
    """A file written in one system: every cell is read right, or the whole file is refused; never a wrong region."""
    written: dict[str, str] = {}
    for region, has_name, has_code in cells:
        code = REGIONS[region][CODE_COLUMNS[system]] if has_code or not has_name else ""
        written[f"{code} {REGIONS[region]['name'] if has_name else ''}".strip()] = region
    try:
        reading = read_codes(dict.fromkeys(written, 1), None, "k.csv")
    except ContractError:
        return
    assert {text: reading.region(text) for text in written} == written
