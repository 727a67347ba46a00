"""Sentences that services send by name, and the questions whose answer is a reply."""

from collections.abc import Callable, Mapping

from bot.chat.words.cards import head
from bot.chat.words.crisis import PROPOSE, run_number
from bot.chat.words.story import Teller

Params = Mapping[str, object]


def notice(what: str, params: Params, teller: Teller) -> str:
    """The sentence of a notice. One that this version does not know says so honestly."""
    known = _NOTICES.get(what)
    return known(params, teller) if known is not None else f"Ada kabar baru ({what})."


def known(what: str) -> bool:
    return what in _NOTICES or what in _PROMPTS


def prompt(what: str, params: Params, name: str) -> tuple[str, str]:
    """The question, and what stands in the empty reply field (at most 64 characters)."""
    ask = _PROMPTS.get(what)
    return ask(params, name) if ask is not None else (f"{name}, balas pesan ini.", "Balasan Anda")


def _case(p: Params) -> str:
    return head(int(str(p.get("case", 0))))


def _run(p: Params) -> str:
    return run_number(int(str(p.get("run", 0))))


def _returned(p: Params, t: Teller) -> str:
    return f"↩️ {_case(p)}: draf dikembalikan {t.name(p['person'])}. Catatannya:"


def _timer_failed(p: Params, _t: Teller) -> str:
    kind, _, number = str(p.get("subject", "")).partition(":")
    what = {"case": f"kasus #{number}", "run": f"insiden {run_number(int(number or 0))}"}.get(
        kind, "sebuah draf"
    )
    return f"⚠️ Pengingat untuk {what} gagal dijalankan. Mohon periksa kartunya dan kabari pengelola."


_NOTICES: Mapping[str, Callable[[Params, Teller], str]] = {
    "draft_returned": _returned,
    "draft_rejected": lambda p, t: (
        f"⛔ {_case(p)}: draf ditolak {t.name(p['person'])}. Kasusnya tetap terbuka."
    ),
    "draft_expired": lambda p, _t: (
        f"⌛ {_case(p)}: draf lewat waktu dan tidak tayang. Ajukan lagi dari kartunya, ya."
    ),
    "draft_stale": lambda p, _t: (
        f"✏️ {_case(p)}: komentarnya diubah penulisnya, jadi draf Anda tidak berlaku lagi. "
        "Baca lagi kartunya, lalu tulis ulang."
    ),
    "no_approver": lambda p, _t: (
        f"⚠️ {_case(p)}: belum ada koordinator yang bisa dihubungi bot. Kabari mereka langsung, ya."
    ),
    "suspended": lambda p, t: (
        f"{t.name(p['person'])} keluar dari grup, jadi aksesnya dihentikan. Undang lagi bila kembali."
    ),
    "locked": lambda p, t: (
        f"🔒 {t.name(p['person'])} mengunci semua kiriman ke publik. "
        "Panggilan dan pesan tim tetap berjalan. Buka lagi dengan /buka."
    ),
    "unlock_asked": lambda p, t: (
        f"{t.name(p['person'])} meminta kunci dibuka. Satu koordinator atau pengelola lagi perlu setuju."
    ),
    "unlocked": lambda p, t: (
        f"🔓 Kunci dibuka oleh {t.name(p['person'])}. Balasan yang tertahan kini dikirim."
    ),
    "timer_failed": _timer_failed,
    "playbook_notify": lambda p, _t: f"{p['playbook']} · {_run(p)}\n{p['text']}",
    "propose_resolve": lambda p, _t: f"{p['playbook']} · {_run(p)}\n{PROPOSE}",
}

_PROMPTS: Mapping[str, Callable[[Params, str], tuple[str, str]]] = {
    "write_reply": lambda p, name: (
        f"✏️ {name}, balas pesan ini dengan teks balasan untuk {_case(p)}.",
        "Teks balasan untuk warga",
    ),
    "edit_reply": lambda p, name: (
        f"✏️ {name}, balas pesan ini dengan teks baru untuk {_case(p)}. Teks sekarang (ketuk untuk menyalin):",
        "Teks balasan yang baru",
    ),
    "fill_slot": lambda p, name: (
        f"✏️ {name}, untuk {_case(p)}: {p.get('ask') or 'isi bagian yang kosong'}\nBalas pesan ini, ya.",
        _SLOT_HINTS.get(str(p.get("kind", "")), "Jawaban singkat"),
    ),
    "return_note": lambda p, name: (
        f"↩️ {name}, apa yang perlu diperbaiki dari draf {_case(p)}? Balas pesan ini dengan catatannya.",
        "Catatan untuk penulis",
    ),
    "resolve_reason": lambda p, name: (
        f"🏁 {name}, daftar periksa {_run(p)} belum lengkap. Balas pesan ini dengan alasan menutupnya.",
        "Alasan menutup",
    ),
    "false_alarm_reason": lambda p, name: (
        f"{name}, mengapa {_run(p)} alarm palsu? Balas pesan ini dengan alasannya.",
        "Alasan singkat",
    ),
}
_SLOT_HINTS: Mapping[str, str] = {
    "date": "Contoh: 25-12-2026",
    "link": "Tautan sumber resmi, https://…",
    "text": "Jawaban singkat",
}
