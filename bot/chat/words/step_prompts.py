"""Questions about a playbook's steps that are answered by a reply: the sentence, and what the field shows."""

from collections.abc import Callable, Mapping

from bot.chat.words.steps import channel

Params = Mapping[str, object]


def _run(p: Params) -> str:
    return f"K-{p.get('run', '')}"


def _channel(p: Params) -> str:
    return channel(str(p.get("channel", "")))


def _field(p: Params, name: str) -> tuple[str, str]:
    kind = str(p.get("kind", ""))
    hint = _HINTS.get(kind, "Jawaban singkat")
    rules = [f"Sumber yang boleh: {p['allow']}."] if p.get("allow") else []
    rules += [f"Pilihan: {p['choices']}."] if p.get("choices") else []
    rules += [f"Paling banyak {p['max']} karakter."] if p.get("max") and kind == "text" else []
    rules += ["Ketik - bila ingin dikosongkan."] if p.get("optional") else []
    said = f"✏️ {name}, {_lower(str(p.get('ask', '')))}\nBalas pesan ini, ya."
    return " ".join([said, *rules]), hint


def _lower(ask: str) -> str:
    """In the middle of a sentence; a name or an abbreviation keeps its capitals."""
    return ask if ask[1:2].isupper() else f"{ask[:1].lower()}{ask[1:]}"


def _merge(p: Params, name: str) -> tuple[str, str]:
    said = f"🔗 {name}, masih ada batas waktu menurut aturan di {_run(p)}."
    asked = f"Mengapa digabung ke K-{p.get('into', '')}? Balas pesan ini dengan alasannya."
    return f"{said} {asked} {_REMINDED}", "Alasan singkat"


_HINTS: Mapping[str, str] = {
    "url": "https://…",
    "number": "Angkanya saja, misalnya 120",
    "date": "Contoh: 25-12-2026",
    "time": "Contoh: 14.30",
}
_AUTHOR = "Orang lain yang menyetujuinya. Teks sekarang (ketuk untuk menyalin):"
_NO_LINK = "Ketik - bila tidak ada tautannya."
_STAYS = "Insidennya tetap terbuka."
_REMINDED = "Batas waktunya tetap diingatkan."
PROMPTS: Mapping[str, Callable[[Params, str], tuple[str, str]]] = {
    "form_field": _field,
    "vote_return": lambda p, name: (
        f"↩️ {name}, apa yang perlu diperbaiki dari teks {_run(p)}? Balas pesan ini dengan catatannya.",
        "Catatan untuk penyusun",
    ),
    "vote_reject": lambda p, name: (
        f"⛔ {name}, mengapa teks {_run(p)} ditolak? Balas pesan ini dengan alasannya.",
        "Alasan menolak",
    ),
    "edit_letter": lambda p, name: (
        f"✏️ {name}, balas pesan ini dengan teks baru untuk {_run(p)}. {_AUTHOR}",
        "Teks yang baru",
    ),
    "post_link": lambda p, name: (
        f"☑️ {name}, balas pesan ini dengan tautan tayangan di {_channel(p)}. {_NO_LINK}",
        "https://…",
    ),
    "skip_step": lambda p, name: (
        f"⏭ {name}, mengapa langkah “{p.get('step', '')}” dilewati? Balas pesan ini dengan alasannya.",
        "Alasan melewati",
    ),
    "repeat_from": lambda p, name: (
        f"🔂 {name}, mengapa dimulai dari langkah “{p.get('step', '')}”? Balas pesan ini dengan alasannya.",
        "Alasan singkat",
    ),
    "merge": _merge,
    "stand_down": lambda p, name: (
        f"🔕 {name}, mengapa panggilan {_run(p)} dihentikan? Balas pesan ini dengan alasannya. {_STAYS}",
        "Alasan singkat",
    ),
}
