"""The text of a PDF as Typst writes it: glyphs of every page back to letters by the tables that come with the fonts."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_TOKEN = re.compile(rb"/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|((?:/ActualText ?)?\()|\b(ET)\b")
_PLACED = re.compile(rb"q 1 0 0 -1 ([\d.]+) ([\d.]+) cm((?:(?!\nQ\n).)*?\nET)\n", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(pdf):
    """The text of every page in the order of drawing, runs of glyphs divided by blanks."""
    return [_text(content, fonts) for content, fonts in _contents(pdf)]


def placed(pdf):
    """Every run of text of every page with the place where it begins: x from the left, y from the bottom, in points."""
    return [
        [(float(x), float(y), _text(run, fonts).strip()) for x, y, run in _PLACED.findall(content)]
        for content, fonts in _contents(pdf)
    ]


def text(pdf):
    """The text of all pages, blanks and breaks made alike."""
    return " ".join(" ".join(pages(pdf)).split())


def _contents(pdf):
    """What draws every page, and the letters of its fonts."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    return [
        (
            _content(objects[_reference(body, b"Contents")]),
            _fonts(objects, _inside(objects, body, b"Resources")),
        )
        for body in objects.values()
        if re.search(rb"/Type ?/Page\b(?!s)", body)
    ]


def _content(body):
    head, raw = _STREAM.match(body).groups()
    return zlib.decompress(raw) if b"FlateDecode" in head else raw


def _reference(body, name):
    return int(re.search(rb"/" + name + rb" (\d+) 0 R", body)[1])


def _inside(objects, body, name):
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    return objects[int(found[1])] if found else body


def _fonts(objects, resources):
    listed = _inside(objects, resources, b"Font")
    names = re.findall(rb"/(\w+) (\d+) 0 R", listed)
    return {name: _letters(_content(objects[_reference(objects[int(at)], b"ToUnicode")]))
            for name, at in names if int(at) in objects and b"/ToUnicode" in objects[int(at)]}  # fmt: skip


def _letters(table):
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>(?! <)", table)
    return {int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be") for code, letters in pairs}


def _text(content, fonts):
    found, letters, at = [], {}, 0
    while token := _TOKEN.search(content, at):
        font, written, opened, end = token.groups()
        raw, at = (
            _quoted(content, token.end())
            if opened
            else (bytes.fromhex((written or b"").decode()), token.end())
        )
        if end:
            # Strings outside text are properties, such as a language.
            letters = {}
            found.append(" ")
        letters = fonts[font] if font else letters
        if (opened or b"").startswith(b"/"):
            # What signs without a letter stand for is said beside them, and is not drawn.
            continue
        codes = (int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2))
        found.append("".join(letters.get(code, "\ufffd") for code in codes) if letters else "")
    return "".join(found)


def _quoted(content, at):
    """The bytes of a string whose bracket has just been opened, and where it ends; brackets inside may be in pairs."""
    found, depth = bytearray(), 1
    while True:
        mark = content[at : at + 1]
        depth += (mark == b"(") - (mark == b")")
        if not depth:
            return bytes(found), at + 1
        if mark == b"\\":
            escaped = re.compile(rb"[0-7]{1,3}|.", re.DOTALL).match(content, at + 1)
            at, mark = escaped.end() - 1, escaped[0]
            mark = bytes([int(mark, 8)]) if mark[:1].isdigit() else _ESCAPES.get(mark, mark)
        found += mark
        at += 1
