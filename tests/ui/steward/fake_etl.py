"""A small stand-in for the command line: the same protocol, and behaviour that the file itself asks for by a word."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

NUMBER = "189304122014031001"
PERSON = "Ananda Contoh Rahasia"
DATA = Path(os.environ.get("NETRA_DATA", "."))


def write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def say(event: str, **more: object) -> None:
    write(json.dumps({"event": event, **more}, ensure_ascii=False))


def fail(code: int, what: str, **more: object) -> None:
    say(
        "error",
        what=what,
        where="berkas",
        cure="Perbaiki dengan --accept-mismatch NAMA.",
        exit_code=code,
        **more,
    )
    sys.exit(code)


def options(words: list[str]) -> dict[str, str]:
    pairs = [word.removeprefix("--").partition("=") for word in words if word.startswith("--")]
    return {name: value or "yes" for name, _, value in pairs}


def understood(kind: str, given: dict[str, str]) -> dict[str, object]:
    expected = {name: int(given[name]) if name in given else None for name in ("expect-pns", "expect-pppk")}
    source = f"{kind}-{given.get('government', 'x')}-{given.get('as-of', 'x')}"
    card = {
        "source_id": source, "kind": kind, "government_code": given.get("government"), "file_name": given["name"],
        "sha256": "ab" * 32, "as_of": given.get("as-of"), "form": "csv", "sheet": given.get("sheet"), "rows_read": 1234,
        "rows_loaded": 1231, "rows_rejected": 3, "rows_skipped": 1, "pns_active": 900, "pppk_active": 331,
        "expect_pns": expected["expect-pns"], "expect_pppk": expected["expect-pppk"], "is_simulated": True,
        "control_verdict": "none", "publisher": given.get("publisher"),
    }  # fmt: skip
    refused = [
        {"row_number": row, "column_name": "NIP", "rule": rule, "masked_value": value, "message_id": said, "message_en": told}
        for row, rule, value, said, told in [
            (3, "nip_scientific", "9,99x+99", "NIP tertulis dalam notasi ilmiah.", "The NIP is in scientific notation."),
            (17, "nip_length", "9" * 18, "NIP tidak 18 angka.", "The NIP does not have 18 digits."),
            (40, "agency_missing", "=9+9", "Perangkat daerah kosong.", "The agency is empty."),
        ]
    ]  # fmt: skip
    return {
        "card": card, "columns": [{"field": "nip", "column": "NIP BARU"}, {"field": "agency", "column": "OPD"}],
        "refused": refused, "skipped": [{"kind": "total", "rows": 1, "first_row": 1236}],
        "warnings": [{
            "rule": "birth_disagrees", "rows": 2, "first_row": 7, "message_id": "Tanggal lahir berbeda dari NIP.",
            "message_en": "The date of birth differs from the NIP.",
        }],
    }  # fmt: skip


def load(kind: str, words: list[str]) -> None:
    content, given = Path(words[0]).read_bytes(), options(words)
    say("step", title="muat / load", step="read")
    if b"SLOW" in content:
        end = time.monotonic() + 60
        while not (DATA / "go").exists() and time.monotonic() < end:
            time.sleep(0.05)
    if b"CRASH" in content:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"LEAK" in content:
        write(f"not json {NUMBER} {PERSON}")
        write(json.dumps({"event": "gossip", "who": PERSON}))
        sys.stderr.write(f"Traceback {NUMBER} {PERSON}\n")
        say("step", title="muat / load", step=f"row {NUMBER}")
    if b"SHEETS" in content and "sheet" not in given:
        fail(
            10,
            "Berkas memuat beberapa lembar. / The file has several sheets.",
            choices={"sheets": ["Januari", "Februari"]},
        )
    said = understood(kind, given)
    card = said["card"]
    if given.get("expect-pns", "900") != "900":
        say("understood", **said)
        if "accept-mismatch" not in given:
            fail(11, "Jumlah kendali tidak cocok. / Control totals do not match.")
        card["control_verdict"] = "mismatch_accepted"
    say("understood", **said)
    dry = "dry-run" in given
    if not dry:
        (DATA / "loaded").write_text(card["source_id"])
    say("done", changed=b"SAME" not in content, dry_run=dry, source_id=card["source_id"])


def point(build_id: str) -> None:
    (DATA / "build" / "current").write_text(f"warehouse-{build_id}.duckdb\n")
    say("done", changed=True, build_id=build_id)


def sources() -> None:
    row = {
        "source_id": "roster-6408-2024-11-30", "kind": "roster", "file_name": "pegawai.csv", "as_of": "2024-11-30",
        "rows_read": 1234, "rows_loaded": 1231, "rows_rejected": 3, "is_simulated": True, "versions": 2,
    }  # fmt: skip
    say("sources", sources=[row, row | {"source_id": "cases-kaltim", "kind": "cases", "versions": 1}])


def main(words: list[str]) -> None:
    with (DATA / "calls.txt").open("a") as calls:
        calls.write(json.dumps(words) + "\n")
    assert "NETRA_STEWARD_KEY" not in os.environ
    match words:
        case ["load", kind, *rest]:
            load(kind, rest)
        case ["build", *_]:
            say("step", title="bangun / build", step="core_case")
            point("second")
        case ["rollback", *_]:
            point("first")
        case ["restore", source, *_]:
            say("done", changed=True, source_id=source)
        case ["sources", *_]:
            sources()


if __name__ == "__main__":
    main(sys.argv[1:])
