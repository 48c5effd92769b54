"""Says what a load has understood of a file."""

from __future__ import annotations

from etl import console
from etl.loading.card import Card


def describe(card: Card, changed: bool, dry_run: bool) -> None:
    """Prints the card of a file just read."""
    verdict = {
        "match": "cocok / match",
        "mismatch_accepted": "beda, diterima / accepted",
        "none": "tidak dinyatakan / none",
    }
    console.show(
        f"Yang dipahami / understood: {card.file_name}",
        ["Bidang / field", "Kolom / column"],
        list(card.columns.items()),
    )
    console.show(
        card.source_id,
        ["", ""],
        [
            ("bentuk / form", card.form),
            ("dibaca / rows read", card.rows_read),
            ("dimuat / loaded", card.rows_loaded),
            ("ditolak / refused", card.rows_rejected),
            ("bukan data / not data", card.rows_skipped),
            ("sistem kode / code system", card.code_system or "-"),
            ("PNS aktif / active", card.pns_active),
            ("PPPK aktif / active", card.pppk_active),
            ("jumlah kendali / control totals", verdict[card.control_verdict]),
            (
                "peringatan / warnings",
                ", ".join(f"{name} {count}" for name, count in card.warnings.items()) or "-",
            ),
            *((name, count) for name, count in card.counted.items()),
            ("simulasi / simulated", "ya / yes" if card.is_simulated else "tidak / no"),
        ],
    )
    if dry_run:
        console.out.print("Hanya diperiksa; tidak ada yang ditulis. / Dry run; nothing was written.")
    elif not changed:
        console.out.print(
            "Berkas ini sudah dimuat; tidak ada yang berubah. / Already loaded; nothing changed."
        )
