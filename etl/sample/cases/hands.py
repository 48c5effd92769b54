"""How the five provincial supervisors keep their registers: headers, spellings, file formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MARK = "DATA SIMULASI"


@dataclass(frozen=True)
class Hand:
    """How one provincial supervisor keeps its register."""

    province: str
    file_name: str
    date_format: str
    names: str
    headers: Mapping[str, str]
    empty: str = ""
    has_codes_only: bool = False


BASE_HEADERS = {
    "no": "No",
    "register": "Nomor Register",
    "supervisor": "Pengawas",
    "reported": "Terlapor",
    "nip": "NIP",
    "employment": "Status Kepegawaian",
    "government": "Instansi",
    "agency": "Unit Kerja/OPD",
    "title": "Jabatan",
    "region": "Tempat Kejadian",
    "occurred_on": "Tanggal Kejadian",
    "reported_on": "Tanggal Laporan",
    "registered_on": "Tanggal Registrasi",
    "channel": "Jenis Laporan",
    "election": "Pemilihan",
    "violation": "Dugaan Pelanggaran",
    "forwarded_on": "Tanggal Penerusan",
    "letter": "Nomor Surat Penerusan",
    "recommended_on": "Tanggal Rekomendasi",
    "recommended": "Rekomendasi Sanksi",
    "decided_on": "Tanggal Keputusan PPK",
    "imposed": "Sanksi Dijatuhkan",
    "signer": "Penandatangan",
    "delivered_on": "Tanggal Penyampaian",
    "effective_on": "Tanggal Berlaku",
    "appealed_on": "Tanggal Keberatan/Banding",
    "annulled_on": "Tanggal Pembatalan",
    "blocked_on": "Tanggal Blokir",
    "unblocked_on": "Tanggal Buka Blokir",
    "ending": "Status Akhir",
    "note": "Keterangan",
}
SHORT_HEADERS = {key: name.replace("Tanggal", "Tgl.") for key, name in BASE_HEADERS.items()} | {
    "register": "No. Register",
    "supervisor": "Bawaslu",
    "nip": "NIP/NI PPPK",
    "agency": "OPD",
    "region": "Kab/Kota Kejadian",
    "ending": "Hasil",
}
UPPER_HEADERS = {key: name.upper() for key, name in BASE_HEADERS.items()} | {
    "register": "NOMOR REGISTER",
    "agency": "UNIT KERJA",
    "region": "TEMPAT KEJADIAN (KAB/KOTA)",
}
LONG_HEADERS = BASE_HEADERS | {
    "supervisor": "Pengawas/Bawaslu",
    "region": "Tempat Kejadian (kab/kota)",
    "channel": "Jenis Laporan (Laporan/Temuan)",
    "signer": "Penandatangan (Definitif/Pj)",
    "appealed_on": "Tanggal Keberatan",
}

HANDS = (
    Hand("61", "register-61.csv", "%d-%m-%Y", "spoken", BASE_HEADERS),
    Hand("62", "register-62.csv", "%Y-%m-%d", "kemendagri", SHORT_HEADERS, empty="-", has_codes_only=True),
    Hand("63", "register-63.xlsx", "", "spoken", LONG_HEADERS),
    Hand("64", "register-64.csv", "%d/%m/%Y", "full", BASE_HEADERS),
    Hand("65", "register-65.xlsx", "%d/%m/%Y", "bps", UPPER_HEADERS),
)
