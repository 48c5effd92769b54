"""What a figure draws against what its table twin says, both read as a browser and a reader would.

A mark (a point or bar with a hover text) belongs to a row of the table where the row has its name; then every number of the hover text, and
the place of the mark on the axes that carry a value, must be numbers of that row, as exactly as the row writes them.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from charts.measure import short_name
from language import words
from ui.showing.tables import Link

VALUE_AXES = (
    ("funnel", "xy"),
    ("trend|share_election", "y"),
    ("map|tiles|timeline", ""),
    (".", "x"),
)
"""Which axes of a figure carry values, by its key."""
NUMBERED = re.compile(r"\b[A-Z]{2}\d+$")
"""The number by which a published figure is known."""
PLACEHOLDER = re.compile(r"%\{(customdata|x|y|text)(?:\[(\d+)\])?(?:[:|][^}]*)?\}")


@dataclass(frozen=True)
class Mark:
    lines: tuple[str, ...]
    values: tuple[float, ...]
    label: str = ""
    period: str = ""


@cache
def numbers(text, lang):
    """Numbers of a text without their signs, each with the number of its decimals."""
    thousands, point = (".", ",") if lang == "id" else (",", ".")
    found = []
    for token in re.findall(r"\d[\d.,]*", text):
        whole, _, rest = token.rstrip(".,").replace(thousands, "").partition(point)
        found.append((float(f"{whole}.{rest or 0}"), len(rest)))
    return found


def near(one, other):
    """Whether two written numbers may be the same number."""
    (a, digits), (b, others) = one, other
    return abs(a - b) <= 0.5000001 * 10.0 ** -min(digits, others) + (1e-9 if digits == others else 0)


def is_written(value, row, lang):
    """Whether a number that is drawn stands in a row, as a number or as a percentage."""
    cells = [number for cell in row for number in numbers(cell, lang)]
    return any(
        abs(abs(value) * scale - x) <= 0.5 * 10.0**-digits + 1e-3 * max(1.0, abs(value) * scale)
        if scale == 1 and abs(value) >= 20
        else abs(abs(value) * scale - x) <= 0.5 * 10.0**-digits + 6e-5 * scale * max(1.0, abs(value))
        for x, digits in cells
        for scale in (1, 100)
    )


def marks(key, figure, elections):
    """The marks of a figure; `elections` are the names of elections by voting day."""
    axes = next(axes for pattern, axes in VALUE_AXES if re.search(pattern, key))
    ticks = figure["layout"].get("yaxis", {})
    labels = dict(zip(ticks.get("tickvals", ()), ticks.get("ticktext", ()), strict=True))
    found = []
    for trace in figure["data"]:
        if "hovertemplate" not in trace or not trace.get("customdata"):
            continue
        for place in range(len(trace["customdata"])):
            # A gap between two lines is no mark.
            if trace.get("x", "-" * (place + 1))[place] is None:
                continue
            lines = hovered(trace, place)
            values = [] if is_cut(trace, place) else [trace[axis][place] for axis in axes]
            values += [end for axis in axes for end in whiskers(trace, axis, place)]
            day = re.match(r"\d{4}-\d{2}-\d{2}", str(trace.get("x", [""] * (place + 1))[place]))
            period = elections.get(date.fromisoformat(day.group()), "") if day and axes == "y" else ""
            label = (
                labels.get(trace["y"][place], "") if trace["type"] == "bar" and "orientation" in trace else ""
            )
            found.append(Mark(tuple(lines), tuple(values), label, period))
    return found


def hovered(trace, place):
    """The lines of a hover text."""

    def put(found):
        name, column = found.groups()
        given = trace[name]
        own = given[place] if isinstance(given, (list, tuple)) else given
        return str(own[int(column)] if column is not None else own)

    text = PLACEHOLDER.sub(put, trace["hovertemplate"].split("<extra>")[0])
    return [re.sub(r"<[^>]+>", "", line) for line in text.split("<br>")]


def whiskers(trace, axis, place):
    """Both ends of the interval of a mark, where it has one."""
    error = trace.get(f"error_{axis}")
    if not error or "arrayminus" not in error:
        return ()
    middle, up, down = trace[axis][place], error["array"][place], error["arrayminus"][place]
    if is_cut(trace, place):
        return ()
    return (middle + up, middle - down) if up or down else ()


def is_cut(trace, place):
    """Whether a mark stands at the edge of the figure for a value beyond it: an arrow, or the end of a range."""
    symbol = trace.get("marker", {}).get("symbol", "")
    symbol = symbol[place] if isinstance(symbol, list) else symbol
    farthest = trace.get("mode") == "lines+markers" and trace["x"][place] == max(
        x for x in trace["x"] if x is not None
    )
    return symbol.startswith("triangle-right") or farthest


on_axis = cache(short_name)


def rows_of(table):
    return [tuple(cell.text if isinstance(cell, Link) else cell for cell in row) for row in table.rows]


@cache
def number_of(name):
    """The number that a mark of this name is known by, if it is known by one."""
    return name.split()[-1] if NUMBERED.search(name) else None


def is_of(mark, row):
    """Whether a row is the one of a mark: by its unit and group, by a number that it is known by, or by its period."""
    if mark.period and mark.period not in row:
        return False
    name = mark.lines[0]
    unit = row[0]
    named = (
        name in (unit, f"{unit} {row[1] if len(row) > 1 else ''}".strip())
        or (name.startswith(f"{unit}, ") and name.removeprefix(f"{unit}, ") in row)
        or ((number := number_of(name)) is not None and number in row)
    )
    return named and (not mark.label or mark.label in {on_axis(cell) for cell in row})


def agrees(mark, row, table, lang):
    """What of a mark the row does not say; nothing where they agree."""
    allowed = [number for cell in (*row, *table.head) for number in numbers(cell, lang)]
    missing, reason = [], words(lang)("chart.refusal.no_roster")
    lines = mark.lines if number_of(mark.lines[0]) else mark.lines[1:]
    for line in (line for line in lines if line != reason):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", line):
            missing += [line] * (words(lang).date(date.fromisoformat(line)) not in row)
        else:
            # How surely a difference would be seen, and among how many pairs, stand in the text under the table.
            own = [n for n in numbers(line, lang) if n not in ((80, 0), (len(table.rows), 0))]
            missing += [line for one in own if not any(near(one, n) for n in allowed)]
    if not any(numbers(line, lang) for line in mark.lines[1:] if line != reason):
        # A sign with the reason why there is no number stands at the edge; a withheld share may be anything from 0 to 1.
        return [*missing, *(value for value in mark.values if value not in (0, 1))]
    return [*missing, *(value for value in mark.values if not is_written(value, row, lang))]


def differences(key, figure, tables, elections, lang):
    """Every mark that no row of the tables says, and every row with a number of the first table that is not drawn."""
    if special := next((read for pattern, read in SPECIAL if re.fullmatch(pattern, key)), None):
        return special(figure, tables, lang)
    found, drawn = [], set()
    rows = [(n, row, table) for n, table in enumerate(tables) for row in rows_of(table)]
    for mark in marks(key, figure, elections):
        own = [(n, row, table) for n, row, table in rows if is_of(mark, row)]
        tried = [(agrees(mark, row, table, lang), n, row) for n, row, table in own]
        if not tried:
            found.append((key, "not in the table", mark))
        elif all(missing for missing, *_ in tried):
            found.append((key, "differs", mark, tried[:3]))
        drawn |= {(n, row) for missing, n, row in tried if not missing}
    if key != "published_dots":
        found += [
            (key, "not drawn", row)
            for row in rows_of(tables[0])
            if (0, row) not in drawn and told(key, row, lang)
        ]
    return found


def told(key, row, lang):
    """Whether a row has a number to draw: neither withheld nor refused, and a place on the map where the figure is one."""
    provincial = "map" in key and row[0].startswith(("Pemprov", "Provincial", "Kalimantan"))
    return bool(numbers(row[-2] if row[-1] == "" else "", lang)) and not provincial


def curves(figure, tables, lang):
    """Steps against the table below them: on its days, share and interval are those of the curve."""
    lines = {trace["name"]: trace for trace in figure["data"] if trace.get("customdata")}
    found = [("curve", name) for name in lines if name not in {row[0] for row in rows_of(tables[0])}]
    for row in rows_of(tables[0]):
        if not numbers(row[2], lang):
            continue
        trace, day = lines[row[0]], numbers(row[1], lang)[0][0]
        last = max(n for n, x in enumerate(trace["x"]) if x <= day)
        if not is_written(trace["y"][last], row[2:3], lang) or trace["customdata"][last][0] != row[3]:
            found.append(("curve", row, trace["y"][last], trace["customdata"][last]))
    return found


def clock(figure, tables, lang):
    """Every step of the curves is a row of the table of steps, and every row with the number that is drawn a step."""
    # Persons or their rate: a figure draws one of them.
    return min((_clock(figure, tables[1], lang, column) for column in (2, 3)), key=len)


def _clock(figure, table, lang, column):
    rows = [row for row in rows_of(table) if numbers(row[column], lang)]
    drawn, found = 0, []
    for trace in figure["data"]:
        if trace["type"] == "bar" or not trace.get("customdata"):
            continue
        # The first point is the ground, the last one carries the line on to the end of the time shown.
        for x, y in list(zip(trace["x"], trace["y"], strict=True))[1:-1]:
            own = [row for row in rows if row[0] == trace["name"] and numbers(row[1], lang)[0][0] == abs(x)]
            drawn += bool(own)
            if y and not any(is_written(y, (row[column],), lang) for row in own):
                found.append(("clock", trace["name"], x, y, own))
    return found + ([("clock", "steps", len(rows))] if drawn < len(rows) else [])


def stages(figure, tables, lang):
    """Every part of a bar is the cell of its stage and part, and every cell with persons is a part of a bar."""
    head, cells = tables[0].head, {row[0]: row for row in rows_of(tables[0])}
    if not figure["data"]:
        return list(cells)
    labels = dict(zip(*(figure["layout"]["yaxis"][name] for name in ("tickvals", "ticktext")), strict=True))
    names, drawn, found = {short_name(name): name for name in cells}, 0, []
    for trace in figure["data"]:
        for x, y, shown in zip(trace["x"], trace["y"], trace["customdata"], strict=True):
            label = labels[y]
            part, hidden, _ = (shown if trace["name"] not in head else trace["name"]).partition(": ")
            row = cells[names.get(label) or label.replace("<br>", " ")]
            cell, drawn = row[head.index(part)], drawn + 1
            if (
                not is_written(x, (cell,), lang)
                or (bool(hidden) != ("–" in cell))
                or (not hidden and cell != shown)
            ):
                found.append(("standing", label, part, x, shown, cell))
    persons = [cell for row in cells.values() for cell in row[3:] if any(n for n, _ in numbers(cell, lang))]
    return found + ([("standing", "parts", drawn, len(persons))] if drawn != len(persons) else [])


def matrix(figure, tables, lang):
    """Every cell of the matrix is the row of its pair, and every pair with a number a cell."""
    drawn = {
        " → ".join(pair): text
        for trace in figure["data"]
        for pair, text in zip(trace.get("customdata") or (), trace.get("text") or (), strict=True)
    }
    said = {row[-3]: row[-2] for row in rows_of(tables[0]) if " → " in row[-3]}
    return [] if drawn == said else [("pairs", set(drawn.items()) ^ set(said.items()))]


def coverage(figure, tables, lang):
    """A cell's sign and number are those of the table."""
    grid, found, w = figure["data"][0], [], words(lang)
    if len(grid["text"]) != len(tables[0].rows):
        return [("coverage", len(grid["text"]), len(tables[0].rows))]
    signs = {"": w("chart.coverage.not_voted"), "–": w("chart.coverage.none")}
    for line, row in enumerate(rows_of(tables[0])):
        for column, cell in enumerate(row[1:]):
            sign, n = grid["text"][line][column], grid["customdata"][line][column]
            own = numbers(cell.split(" · ")[0], lang)
            agree = cell.startswith(signs[sign]) if sign in signs else own[:1] == [(n, 0)]
            if not agree:
                found.append(("coverage", row[0], column, sign, n, cell))
    return found


def spine(figure, tables, lang):
    """The marks of the unit as everywhere; the middle half of the group and the comparable units together as well."""
    found, rows = differences("measures", figure, tables, {}, lang), rows_of(tables[0])
    reach = figure["layout"]["xaxis"]["range"][1]
    for trace in figure["data"]:
        column = {words(lang)("between.key.middle_half"): 5, words(lang)("between.key.peers"): 6}.get(
            trace.get("name")
        )
        for place, y in enumerate(trace["y"] if column else ()):
            if y is None:
                continue
            half = trace["error_x"]["array"][place] if column == 6 else 0
            ends = {trace["x"][place] - half, trace["x"][place] + half}
            cell = rows[int(y)][column]
            found += [
                ("spine", cell, x)
                for x in ends
                if x < 0.99 * min(4.0, reach) and not is_written(x, (cell,), lang)
            ]
    return found


def prevention(figure, tables, lang):
    """A cell is the number of activities of its kind and election in the table."""
    if not figure["data"]:
        return rows_of(tables[0])
    layout, grid, sums = figure["layout"], figure["data"][0], {}
    for row in rows_of(tables[0]):
        pair = tuple(re.sub(r"\W", "", text) for text in (row[2], row[1]))
        sums[pair] = sums.get(pair, 0) + numbers(row[3], lang)[0][0]
    drawn = {
        tuple(re.sub(r"<br>|\W", "", text) for text in (kind, election)): numbers(cell, lang)[0][0]
        for kind, cells in zip(layout["yaxis"]["ticktext"], grid["text"], strict=True)
        for election, cell in zip(layout["xaxis"]["ticktext"], cells, strict=True)
        if numbers(cell, lang)
    }
    return [] if drawn == sums else [("prevention", drawn, sums)]


def places(figure, tables, lang):
    """Every region of the map of published figures has as many as the table has rows about it."""
    names = [re.sub(r"^(Pemerintah )?(Kabupaten|Kota) ", "", row[1]) for row in rows_of(tables[0])]
    return [
        ("published_map", mark.lines, names.count(mark.lines[0]))
        for mark in marks("map", figure, {})
        if numbers(mark.lines[1], lang)[0][0] != names.count(mark.lines[0])
    ]


SPECIAL = (
    ("spans|waiting|bodies", curves),
    ("clock_.*", clock),
    ("standing", stages),
    ("spine_.*", spine),
    ("pairs", matrix),
    ("coverage", coverage),
    ("prevention_chart", prevention),
    ("published_map", places),
)
