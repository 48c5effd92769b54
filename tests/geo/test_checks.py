import pytest
import shapely
from shapely import box

from errors import ContractError
from geo import checks, coverage
from geo.matching import Region


@pytest.fixture
def fields(three_fields):
    clockwise = [coverage.clockwise(shape) for shape in three_fields.geometry]
    return three_fields.set_geometry(clockwise, crs=4326)


@pytest.fixture
def official(fields):
    areas = fields.to_crs(coverage.EQUAL_AREA).area / 1e6
    return [Region(code, "regency", fields["name"][code], code[:2], areas[code]) for code in fields.index]


def replaced(fields, code, shape):
    changed = fields.copy()
    changed.loc[code, "geometry"] = shape
    return changed


def test_a_flawless_layer_is_measured(fields, official):
    measured = checks.check(fields, official, neighbours=3)
    assert (measured.units, measured.neighbours, measured.vertices) == (3, 3, 16)
    assert measured.area == pytest.approx(sum(region.area_km2 for region in official))
    assert measured.total_difference == pytest.approx(0)
    assert measured.largest_difference == pytest.approx(0)


def test_missing_unknown_and_double_codes(fields, official):
    with pytest.raises(ContractError, match="no shape for 9101") as refusal:
        checks.check(fields.iloc[:2], official)
    assert refusal.value.exit_code == 11
    assert "Nothing was published" in refusal.value.cure
    with pytest.raises(ContractError, match="unknown codes 9101"):
        checks.check(fields, official[:2])
    with pytest.raises(ContractError, match="a code occurs twice"):
        checks.check(fields.rename(index={"9002": "9001"}), official)


@pytest.mark.parametrize(
    ("shape", "flaw"),
    [
        (coverage.clockwise(box(114.1, 0, 115, 1)), "do not fit together"),
        (coverage.clockwise(box(114, 0, 115.5, 1)), "overlap"),
        (coverage.clockwise(box(114, 0, 115, 1).difference(box(114.4, 0.4, 114.6, 0.6))), "9001 has a hole"),
        (shapely.orient_polygons(box(114, 0, 115, 1)), "9001 is drawn counter-clockwise"),
        (shapely.Polygon([(114, 0), (115, 1), (115, 0), (114, 1), (114, 0)]), "9001 is invalid"),
        (shapely.Point(114, 0), "9001 is not an area"),
        (shapely.Polygon(), "9001 is not an area"),
    ],
)
def test_each_flaw_of_a_shape_is_named(fields, official, shape, flaw):
    with pytest.raises(ContractError, match=flaw):
        checks.check(replaced(fields, "9001", shape), official)


def test_a_gap_between_neighbours_is_found(fields, official):
    dented = coverage.clockwise(shapely.Polygon([(114, 0), (115, 0), (114.8, 0.5), (115, 1), (114, 1)]))
    with pytest.raises(ContractError, match="there is a gap between neighbours"):
        checks.check(replaced(fields, "9001", dented), official)


def test_areas_must_be_near_the_official_ones(fields, official):
    far = [Region(region.code, "regency", region.name, "90", region.area_km2 * 1.02) for region in official]
    with pytest.raises(ContractError, match=r"total area differs from the official one by -2\.0%"):
        checks.check(fields, far)
    west, east, north = official
    swapped = [
        Region(west.code, "regency", west.name, "90", west.area_km2 * 1.5),
        Region(east.code, "regency", east.name, "90", east.area_km2 * 0.5),
        north,
    ]
    with pytest.raises(ContractError, match=r"area of West differs .* by -33%.*area of East .* by \+100%"):
        checks.check(fields, swapped)


def test_the_number_of_neighbour_pairs_must_be_right(fields, official):
    with pytest.raises(ContractError, match="3 pairs of neighbours instead of 2"):
        checks.check(fields, official, neighbours=2)
