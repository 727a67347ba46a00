"""Sentences that services send by name, and the questions whose answer is a reply."""

from collections.abc import Callable, Mapping

from bot.chat.render import named
from bot.chat.words import (
    bulk,
    claims,
    data,
    drills,
    handing,
    moderation_notices,
    notes,
    oncall,
    outside,
    referral,
    review,
    sharing,
    siaga,
    step_prompts,
    templates,
    timers,
)
from bot.chat.words.cards import head
from bot.chat.words.clusters import asked_again
from bot.chat.words.crisis import DRILL, propose, run_number
from bot.chat.words.learning import weekly
from bot.chat.words.promises import answer_late, answer_soon, left_alone

Params = Mapping[str, object]
Names = Mapping[str, str]


def notice(what: str, params: Params, names: Names) -> str:
    """The sentence of a notice. One that this version does not know says so honestly."""
    known = _NOTICES.get(what)
    return _marked(known(params, names) if known is not None else f"Ada kabar baru ({what}).", params)


def known(what: str) -> bool:
    return what in _NOTICES or what in _PROMPTS


def prompt(what: str, params: Params, name: str) -> tuple[str, str]:
    """The question, and what stands in the empty reply field (at most 64 characters)."""
    ask = _PROMPTS.get(what)
    said, hint = ask(params, name) if ask is not None else (f"{name}, balas pesan ini.", "Balasan Anda")
    return _marked(said, params), hint


def _marked(said: str, params: Params) -> str:
    """Whatever belongs to an exercise says so, also where its own sentence does not."""
    return f"{DRILL} · {said}" if params.get("drill") and DRILL not in said else said


def _case(p: Params) -> str:
    return head(int(str(p.get("case", 0))))


def _who(p: Params, names: Names) -> str:
    person = str(p.get("person", ""))
    return names.get(person, person)


def _account_changed(who: str, left: str) -> str:
    was = f"; akun itu sebelumnya dipakai {left}, yang kini perlu diundang lagi" if left else ""
    return (
        f"⚠️ {who} kini memakai akun Telegram lain{was}. "
        "Bila ini bukan permintaan mereka, tekan /kunci dan kabari pengelola."
    )


def _run(p: Params) -> str:
    return run_number(int(str(p.get("run", 0))))


def _quoted(names: object) -> list[str]:
    return [f"“{name}”" for name in names] if isinstance(names, list | tuple) else []


def _returned(p: Params, n: Names) -> str:
    return f"↩️ {_case(p)}: draf dikembalikan {_who(p, n)}. Catatannya:"


def _gap(p: Params) -> str:
    """The gap by its own name, where the template asks no question."""
    slot = str(p.get("slot", "")).replace("_", " ")
    return f"isi bagian “{slot}”" if slot else "isi bagian yang kosong"


_LOOK_FIRST = "Belum pasti balasan itu sudah sampai atau belum: pastikan dulu di tempat aslinya."
_NOTICES: Mapping[str, Callable[[Params, Names], str]] = {
    **moderation_notices.NOTICES,
    "drill_inject": drills.inject,
    "schedule_missed": outside.schedule_missed,
    "template_proposed": templates.proposed,
    "stale_templates": templates.stale,
    "draft_returned": _returned,
    "draft_rejected": lambda p, n: f"⛔ {_case(p)}: draf ditolak {_who(p, n)}. Kasusnya tetap terbuka.",
    "draft_expired": lambda p, _n: (
        f"⌛ {_case(p)}: draf lewat waktu dan tidak tayang. Ajukan lagi dari kartunya, ya."
    ),
    "wrote_while": lambda p, n: (
        f"💬 {_case(p)}: warga menulis lagi selagi {_who(p, n)} menulis balasannya. Baca dulu kartunya, ya."
    ),
    "draft_stale": lambda p, _n: (
        (
            f"💬 {_case(p)}: warga menulis lagi sebelum dijawab, jadi drafnya tidak berlaku lagi. "
            if p.get("again")
            else f"✏️ {_case(p)}: komentarnya diubah penulisnya, jadi drafnya tidak berlaku lagi. "
        )
        + (_LOOK_FIRST if p.get("unsure") else "Baca lagi kartunya, lalu tulis ulang.")
    ),
    "draft_to_care": lambda p, _n: (
        f"{_case(p)} kini ditangani pendamping; "
        + (f"draf Anda tidak berlaku lagi. {_LOOK_FIRST}" if p.get("unsure") else "draf Anda tidak dikirim.")
        + " Terima kasih."
    ),
    "care_stale": lambda p, _n: (
        f"✏️ {_case(p)}: ada tulisan baru dari warga, jadi draf tadi tidak berlaku lagi. {_LOOK_FIRST}"
        if p.get("unsure")
        else f"✏️ {_case(p)}: ada tulisan baru dari warga, jadi draf yang menunggu tidak dikirim. "
        "Baca dulu tulisannya; teks draf tadi masih tersimpan."
    ),
    "care_expired": lambda p, _n: (
        f"⌛ {_case(p)}: pendamping kedua belum memutuskan, jadi draf tidak dikirim. "
        "Hubungi pendamping kedua sekarang, lalu ajukan lagi dari obrolan pribadi dengan bot."
    ),
    "care_copy": lambda p, _n: (
        f"✍️ {_case(p)}: bot tidak bisa mengirim ke tempat asalnya. Salin teks ini (ketuk untuk menyalin), "
        "kirim sendiri, lalu tekan ☑️ Sudah terkirim di grup tim. Jangan diteruskan."
    ),
    "telegram_back": lambda p, _n: (
        f"📶 Telegram sempat terganggu, kira-kira {p.get('minutes', '')} menit. Selama itu panggilan "
        "keluar lewat jalan lain; rinciannya ada di linimasa insiden."
    ),
    "care_closed": lambda p, n: (
        f"🗂 {_case(p)} ditutup {_who(p, n)}. Bila masih perlu disapa, tekan Buka lagi di kartunya di grup."
    ),
    "care_back": lambda p, _n: (
        f"💬 {_case(p)} dibuka lagi: warga menulis lagi setelah kasusnya ditutup. Pendamping yang membacanya."
    ),
    "no_companion": lambda p, _n: (
        f"⚠️ {_case(p)}: belum ada pendamping kedua yang bisa dihubungi bot untuk membaca draf. "
        "Telepon pendamping atau koordinator sekarang, ya."
    ),
    "left_out": lambda p, _n: (
        f"✏️ {_case(p)}: komentarnya berubah atau warganya menulis lagi, jadi balasan bersama tidak dikirim "
        "ke sana. Baca lagi kartunya, lalu tulis ulang."
    ),
    "left_out_to_care": lambda p, _n: (
        f"{_case(p)} kini ditangani pendamping, jadi balasan bersama tidak dikirim ke sana. "
        "Kasus lain dalam balasan itu tetap berjalan."
    ),
    "asked_again": lambda p, _n: asked_again(_case(p), int(str(p.get("of", 1)))),
    "no_approver": lambda p, _n: (
        f"⚠️ {_case(p)}: belum ada koordinator yang bisa dihubungi bot. Kabari mereka langsung, ya."
    ),
    "suspended": lambda p, n: (
        f"{_who(p, n)} keluar dari grup, jadi aksesnya dihentikan. Undang lagi bila kembali."
    ),
    "account_changed": lambda p, n: _account_changed(
        _who(p, n), n.get(str(p.get("left", "")), str(p.get("left", "")))
    ),
    "not_inside": lambda p, n: (
        f"{_who(p, n)} belum ada di grup ini, jadi belum bisa menyetujui atau mengirim. Mohon diundang masuk."
    ),
    "locked": lambda p, n: (
        f"🔒 {_who(p, n)} mengunci semua kiriman ke publik. "
        "Panggilan dan pesan tim tetap berjalan. Buka lagi dengan /buka."
    ),
    "unlock_asked": lambda p, n: (
        f"{_who(p, n)} meminta kunci dibuka. Satu koordinator atau pengelola lagi perlu setuju."
    ),
    "unlocked": lambda p, n: f"🔓 Kunci dibuka oleh {_who(p, n)}. Balasan yang tertahan kini dikirim.",
    "crisis_mode": siaga.was_set,
    "crisis_mode_over": siaga.was_lifted,
    "wrote_again": lambda p, _n: f"💬 {_case(p)}: warga menulis lagi setelah dijawab. Mohon dilihat.",
    "edited_closed": lambda p, _n: (
        f"✏️ {_case(p)}: warga mengubah komentarnya setelah kasus ini ditutup. "
        "Mohon dilihat lagi; tekan Buka lagi di kartunya bila perlu dijawab."
    ),
    "answer_soon": answer_soon,
    "answer_late": answer_late,
    "left_alone": left_alone,
    "shift_summary": handing.summary,
    "assigned": sharing.assigned,
    "mentioned": notes.mentioned,
    "mention_unheard": notes.unheard,
    "assigned_unheard": sharing.unheard,
    "woken": lambda p, _n: f"⏰ {_case(p)} kembali setelah ditunda. Mohon dilihat lagi.",
    "intake": lambda p, _n: f"⚠️ {p.get('said', '')}",
    **timers.NOTICES,
    "weekly_corrections": lambda p, _n: weekly(p),
    "weekly_drills": drills.weekly,
    "weekly_reviews": drills.unread,
    "lost_place": lambda p, _n: (
        f"⚠️ Bot dikeluarkan dari “{named(str(p.get('chat', 'grup')), 60)}”, atau bukan admin lagi di sana. "
        "Selama itu pesan di sana tidak terdengar. Mohon undang lagi."
    ),
    "dead_update": lambda p, _n: (
        f"⚠️ Satu pesan masuk tidak dapat dibaca bot (nomor {p.get('update', '')}). "
        "Pesannya tersimpan; kabari pengelola untuk memeriksanya."
    ),
    "playbook_notify": lambda p, _n: f"{p['playbook']} · {_run(p)}\n{p['text']}",
    "review_late": review.late,
    **oncall.NOTICES,
    **claims.NOTICES,
    **data.NOTICES,
    "propose_resolve": lambda p, _n: f"🏁 {p['playbook']} · {_run(p)}\n{propose(_quoted(p.get('left')))}",
}

_PROMPTS: Mapping[str, Callable[[Params, str], tuple[str, str]]] = {
    **step_prompts.PROMPTS,
    **review.PROMPTS,
    "bulk_reply": bulk.reply_question,
    **claims.PROMPTS,
    **data.PROMPTS,
    "lapor_number": referral.question,
    "note_text": notes.question,
    "assignee": sharing.question,
    "template_title": templates.asked,
    "handover_note": oncall.handover_question,
    "write_reply": lambda p, name: (
        f"✏️ {name}, balas pesan ini dengan teks balasan untuk {_case(p)}."
        + (" Teks sebelumnya (ketuk untuk menyalin):" if p.get("text") else ""),
        "Teks balasan untuk warga",
    ),
    "edit_reply": lambda p, name: (
        f"✏️ {name}, balas pesan ini dengan teks baru untuk {_case(p)}. Teks sekarang (ketuk untuk menyalin):",
        "Teks balasan yang baru",
    ),
    "fill_slot": lambda p, name: (
        f"✏️ {name}, untuk {_case(p)}: {p.get('ask') or _gap(p)}\nBalas pesan ini, ya.",
        _SLOT_HINTS.get(str(p.get("kind", "")), "Jawaban singkat"),
    ),
    "more_cases": lambda p, name: (
        (
            f"➕ {name}, balas pesan ini dengan nomor kasus lain yang dijawab dengan teks {_case(p)}. "
            f"Paling banyak {p.get('most', '')} kasus bersama. Nama warga tidak ikut ditulis."
        ),
        "Contoh: 12 15 18",
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
