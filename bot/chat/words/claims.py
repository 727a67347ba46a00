"""Sentences about claims: what circulates, what was found out, how fast it was set right."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.chat.words import times
from bot.chat.words.names import listed, percent
from bot.domain.claim import ClaimStatus, ClaimType, Finding, How

Params = Mapping[str, object]
Names = Mapping[str, str]

TYPES: Mapping[ClaimType, str] = {
    ClaimType.SATIRE: "Satire atau parodi",
    ClaimType.MISLEADING: "Konten menyesatkan",
    ClaimType.IMPOSTER: "Konten tiruan",
    ClaimType.FABRICATED: "Konten palsu",
    ClaimType.FALSE_CONNECTION: "Salah sambung",
    ClaimType.FALSE_CONTEXT: "Salah konteks",
    ClaimType.MANIPULATED: "Konten manipulasi",
}
FINDINGS: Mapping[Finding, str] = {
    Finding.FALSE: "Salah",
    Finding.PARTLY: "Sebagian benar",
    Finding.TRUE: "Benar",
    Finding.UNPROVEN: "Belum terbukti",
}
FINDING_MARK: Mapping[Finding, str] = {
    Finding.FALSE: "❌",
    Finding.PARTLY: "➗",
    Finding.TRUE: "✔️",
    Finding.UNPROVEN: "❔",
}
STATUS: Mapping[ClaimStatus, str] = {
    ClaimStatus.REPORTED: "Belum diperiksa",
    ClaimStatus.CHECKING: "Sedang diperiksa",
    ClaimStatus.FOUND: "Ada temuan",
    ClaimStatus.CLARIFIED: "Sudah diklarifikasi",
    ClaimStatus.CLOSED: "Ditutup",
}
_HOW: Mapping[How, str] = {How.EXACT: "sama persis", How.NEAR: "salinan"}

LIST = "Klaim yang beredar"
EMPTY = "Tidak ada klaim di daftar itu. Balas kartu kasus dengan /klaim untuk mencatat yang baru."
NOTHING_LIKE_IT = "Tidak ada klaim yang mirip dengan itu."
HOW_TO = (
    "Ketik /klaim KL-3 untuk membuka satu klaim, /klaim belum, salah, sebagian, benar, ditutup, atau semua "
    "untuk menyaring, /klaim dan beberapa kata untuk mencari."
)
NEW_HOW = (
    "Balas kartu kasus atau komentar warga dengan /klaim, boleh diikuti pokok klaimnya. "
    "Tanpa komentar: /klaim baru lalu pokok klaimnya."
)
NEXT = "Langkah berikut: "
STEPS: Mapping[ClaimStatus, str] = {
    ClaimStatus.REPORTED: "tekan 🔎 Periksa bila Anda yang mencari kebenarannya.",
    ClaimStatus.CHECKING: "cari sumber resminya, lalu ⚖️ Temuan.",
    ClaimStatus.FOUND: "pilih templatnya, balas komentarnya, lalu ☑️ Sudah diklarifikasi.",
}
STEP_CONFIRM = "koordinator membaca sumbernya, lalu ✅ Pastikan temuan."
PICK_TYPE = "Jenis klaim ini?"
PICK_FINDING = "Apa hasil pemeriksaannya? Sesudahnya bot menanyakan dasar dan sumbernya."
PICK_TEMPLATE = "Templat mana yang meluruskan klaim ini?"
NO_TEMPLATE = "Belum ada templat untuk klaim yang sudah disetujui. Lihat /templat."
NO_COMMENTS = "Belum ada komentar yang masuk klaim ini."
LIKE = "Mirip klaim yang sudah tercatat:"
COMMENTS = "Komentar terbaru. Tekan untuk melepasnya, atau untuk mencatat bahwa isinya membantah."
NO_FINDING = "Temuan: belum ada."
SOURCES = "Sumber: "
DENIES = "membantah"
PROPOSED = "menunggu dipastikan koordinator"

CHECK = "🔎 Periksa"
TYPE = "🏷 Jenis"
FINDING = "⚖️ Temuan"
CONFIRM = "✅ Pastikan temuan"
TEMPLATE = "📄 Templat"
CORRECTED = "☑️ Sudah diklarifikasi"
TOLD = "💬 Komentar"
REWORD = "✏️ Ubah pokok"
CLOSE = "🗂 Tutup klaim"
REOPEN = "Buka lagi klaim"
LEAVE = "🚪 Lepas"
TURN_STANCE = "🔄 Membantah"
TURN_BACK = "🔄 Menyebarkan"

TOAST_ASKED = "Jawab di obrolan pribadi Anda dengan bot, ya."
TOAST_SAVED = "Tersimpan."
TOAST_CONFIRMED = "Temuan dipastikan."
TOAST_LEFT = "Komentar dilepas dari klaim."
TOAST_JOINED = "Komentar masuk klaim itu."

_NUMBER = re.compile(r"(?:KL-?)?([0-9]{1,9})", re.IGNORECASE)


def number(claim: int) -> str:
    """How a claim is called everywhere: KL-3. (K-3 is an incident.)"""
    return f"KL-{claim}"


def read_number(text: str) -> int | None:
    found = _NUMBER.fullmatch(text)
    return int(found.group(1)) if found else None


def title(page: int, *, further: bool) -> str:
    """Klaim yang beredar, halaman 2: which one this is, where there are pages."""
    return f"{LIST}, halaman {page + 1}" if further or page else LIST


def tally(tells: int, accounts: int, denies: int, fresh: int) -> str:
    """12 komentar dari 9 akun, 3 dalam sejam terakhir; 2 membantah."""
    if not tells and not denies:
        return "Belum ada komentar."
    of = f" dari {accounts} akun" if accounts else ""
    lately = f", {fresh} dalam sejam terakhir" if fresh else ""
    against = f"; {denies} membantah" if denies else ""
    return f"{tells} komentar{of}{lately}{against}."


def seen(first: str) -> str:
    return f"Pertama terlihat {first}."


def running(since: timedelta) -> str:
    """The clock from the first sighting to the first correct post, while it runs."""
    return f"⏱ {times.span(since)} sejak pertama terlihat, belum ada klarifikasi."


def clarified(after: timedelta, when: str) -> str:
    return f"⏱ Diluruskan {when}, {times.span(after)} setelah pertama terlihat."


def confirmed(name: str) -> str:
    return f"dipastikan {name}"


def found_by(name: str) -> str:
    return f"diperiksa {name}"


def from_list(reference: str) -> str:
    return f"Dari daftar cek fakta: {reference}."


def with_template(title: str) -> str:
    return f"Templat: “{title}”."


def told_by(how: How, name: str, score: float) -> str:
    """Why a comment belongs to the claim."""
    if how is How.PERSON:
        return f"dimasukkan {name}" if name else "dimasukkan tim"
    return f"{_HOW[how]} {percent(score)}" if how is How.NEAR else _HOW[how]


def like(claim: int, score: float) -> str:
    """Mirip klaim KL-3 (82 %)."""
    return f"Mirip {number(claim)} ({percent(score)})"


def belongs(claim: int, statement: str, state: str, against: bool) -> str:
    """Termasuk klaim KL-3 (salah): Air kota beracun."""
    verb = "Membantah" if against else "Termasuk"
    return f"{verb} klaim {number(claim)} ({state}): {statement}"


def counts(of: Mapping[ClaimStatus, int]) -> str:
    """2 belum diperiksa, 1 sedang diperiksa."""
    said = [f"{of[status]} {name.lower()}" for status, name in STATUS.items() if of.get(status)]
    return f"{', '.join(said)}." if said else ""


def _claim(p: Params) -> str:
    return number(int(str(p.get("claim", 0))))


def _finding(p: Params) -> str:
    known = str(p.get("finding", ""))
    return FINDINGS[Finding(known)].lower() if known in set(Finding) else "belum ada"


def _found(p: Params, names: Names) -> str:
    who = names.get(str(p.get("person", "")), "koordinator")
    return f"⚖️ {_claim(p)}: temuan dipastikan {who}: {_finding(p)}. Lihat /klaim {_claim(p)}."


def _turned(p: Params, names: Names) -> str:
    """⚖️ Daftar dari Ratna mengubah temuan KL-1 (salah → benar) dan KL-4 (belum ada → salah). …"""
    rows = p.get("claims")
    said = [_other_finding(one) for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
    more = int(str(p.get("more", 0) or 0))
    said += [f"{more} klaim lain"] if more else []
    who = names.get(str(p.get("person", "")), "koordinator")
    return (
        f"⚖️ Daftar cek fakta dari {who} mengubah temuan {listed(said)}. "
        "Periksa lagi jawaban dan templat yang memakai temuan lamanya."
    )


def _other_finding(row: Params) -> str:
    before = _finding({"finding": row.get("before", "")})
    return f"{_claim(row)} ({before} → {_finding(row)})"


def _unverified(p: Params, names: Names) -> str:
    """🗞 2 klaim belum ada temuannya: KL-1 (3 jam) dan KL-4 (2 jam, menunggu dipastikan)."""
    rows = p.get("claims")
    said = [_waiting(one) for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
    more = int(str(p.get("more", 0) or 0))
    said += [f"{more} klaim lain"] if more else []
    people = p.get("people")
    who = [names.get(str(one), str(one)) for one in people] if isinstance(people, list) else []
    asked = f" {listed(who)}, mohon dibantu." if who else ""
    return f"🗞 Belum ada temuan untuk {listed(said)}. Lihat /klaim belum.{asked}"


def _waiting(row: Params) -> str:
    since = times.span(timedelta(seconds=int(str(row.get("waits", 0)))))
    waits = f"{since}, menunggu dipastikan koordinator" if row.get("proposed") else since
    return f"{_claim(row)} ({waits})"


NOTICES: Mapping[str, Callable[[Params, Names], str]] = {
    "claim_found": _found,
    "claims_unverified": _unverified,
    "claims_turned": _turned,
    "claim_back": lambda p, _n: (
        f"🗞 {_claim(p)} sudah ditutup, tetapi komentarnya muncul lagi. Lihat /klaim {_claim(p)}."
    ),
}
PROMPTS: Mapping[str, Callable[[Params, str], tuple[str, str]]] = {
    "claim_finding": lambda p, name: (
        (
            f"⚖️ {name}, untuk {_claim(p)} ({_finding(p)}): balas pesan ini dengan dasar temuannya dalam "
            f"beberapa kata, disertai tautan sumbernya. Sumber yang boleh: {p.get('allow', '')}."
        ),
        "Dasar temuan dan https://…",
    ),
    "claim_link": lambda p, name: (
        (
            f"☑️ {name}, balas pesan ini dengan tautan klarifikasi pertama untuk {_claim(p)}. "
            "Ketik - bila tidak ada tautannya."
        ),
        "https://…",
    ),
    "claim_words": lambda p, name: (
        (
            f"✏️ {name}, balas pesan ini dengan pokok klaim {_claim(p)} dalam satu kalimat. "
            "Teks sekarang (ketuk untuk menyalin):"
        ),
        "Pokok klaim, satu kalimat",
    ),
}
REFUSALS: Mapping[str, str] = {
    "claim_empty": "Tulis pokok klaimnya dalam satu kalimat, ya.",
    "claim_source": "Tautan itu tidak ada di daftar sumber yang diizinkan. Pakai sumber resmi, https://….",
    "claim_no_source": "Sertakan paling sedikit satu tautan sumber resmi, diawali https://.",
    "claim_basis": "Tulis juga dasar temuannya dalam beberapa kata, paling panjang 1000 karakter.",
    "claim_how": "Perintah itu belum terbaca. Contoh: /klaim KL-3, /klaim belum, /klaim baru lalu pokoknya.",
}
STATES: Mapping[str, str] = {
    "claim_changed": "klaimnya sudah diubah sejak kartu ini dibuat",
    "claim_closed": "klaim ini sudah ditutup",
    "claim_reported": "klaim ini belum diperiksa",
    "claim_checking": "klaim ini sedang diperiksa",
    "claim_found": "temuan klaim ini sudah dipastikan",
    "claim_clarified": "klaim ini sudah diklarifikasi",
    "claim_no_finding": "temuannya belum ada",
    "claim_not_confirmed": "temuannya belum dipastikan koordinator",
}
