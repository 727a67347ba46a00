"""The sentences of what steps do: forms, words, approvals, posts, clocks, and how a run changes hands.

Names that the reducer gives: step, person, people, count, needed, channel, link, note, reason, choice, clock,
due_at, limits, to, playbook, run.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from bot.chat.words.names import listed
from bot.chat.words.steps import channel
from bot.domain.run_types import What
from bot.domain.steps import Scope

Params = Mapping[str, object]


class Teller(Protocol):
    """What a sentence needs to name things."""

    def name(self, person: object) -> str: ...
    def names(self, ids: object) -> str: ...
    def moment(self, iso: object) -> str: ...
    def step(self, step: object) -> str: ...
    def clock(self, clock: object) -> str: ...
    def choice(self, step: object, choice: object) -> str: ...


def _step(p: Params, t: Teller) -> str:
    return f"“{t.step(p.get('step', ''))}”"


def _said(p: Params, name: str, lead: str) -> str:
    text = str(p.get(name, "")).strip()
    return f" {lead}: {text.rstrip('.')}." if text else ""


def _kept(p: Params, _t: Teller) -> str:
    count = int(str(p.get("count", 0)))
    return f"Bukti diamankan: {count} komentar." if count else "Belum ada komentar yang perlu diamankan."


def _frozen(p: Params, t: Teller) -> str:
    """Who holds what: the bot its own replies, people what they have planned in other tools."""
    match str(p.get("scope", "")):
        case Scope.REPLIES if p.get("drill"):
            return f"{_step(p, t)}: dalam latihan tidak ada balasan yang sungguh ditahan."
        case Scope.REPLIES:
            return "Bot menahan balasan untuk warga dulu. Yang keluar hanya teks insiden ini."
        case Scope.SCHEDULED_POSTS if p.get("drill"):
            return "Dalam latihan, unggahan terjadwal ditahan seolah-olah saja. Tandai di kartu insiden."
        case Scope.SCHEDULED_POSTS:
            return (
                "Mohon tahan dulu unggahan terjadwal di semua akun, karena bot tidak bisa menahannya. "
                "Bila sudah, tandai di kartu insiden."
            )
        case _:
            return f"Ditahan dulu: {_step(p, t)}."


def _released(p: Params, t: Teller) -> str:
    who = t.name(p["person"])
    match str(p.get("scope", "")):
        case Scope.REPLIES:
            return f"{who} melepas balasan untuk warga."
        case Scope.SCHEDULED_POSTS:
            return f"{who}: unggahan terjadwal boleh tayang lagi."
        case _:
            return f"{who} melepas yang ditahan: {_step(p, t)}."


def _answered(p: Params, t: Teller) -> str:
    choice = t.choice(p.get("step", ""), p["choice"]) if p.get("choice") else ""
    return f"{t.name(p['person'])} menjawab {_step(p, t)}{f': {choice}' if choice else ''}."


def _approved(p: Params, t: Teller) -> str:
    count, needed = str(p.get("count", "1")), str(p.get("needed", "1"))
    so_far = "" if count == needed else f" ({count} dari {needed})"
    return f"{t.name(p['person'])} menyetujui {_step(p, t)}{so_far}."


def _channel(p: Params) -> str:
    return listed([channel(name) for name in str(p.get("channel", "kanal resmi")).split(",")])


def _published(p: Params, t: Teller) -> str:
    by = f" oleh {t.name(p['person'])}" if p.get("person") else ""
    link = f" {p['link']}" if p.get("link") else ""
    return f"Tayang di {_channel(p)}{by}.{link}"


def _shift_over(p: Params, t: Teller) -> str:
    owner = t.name(p["person"])
    if not p.get("to"):
        return f"Giliran {owner} selesai dan penggantinya belum bisa dihubungi. {owner} tetap memegangnya."
    to = t.name(p["to"])
    return f"Giliran {owner} selesai. {to} diminta melanjutkan; sebelum dijawab, {owner} yang memegang."


def _held(p: Params, t: Teller) -> str:
    return f"Pernyataan awal: {_published(p, t)}"


def _clock_near(p: Params, t: Teller) -> str:
    return f"Batas waktu “{t.clock(p.get('clock', ''))}” berakhir {t.moment(p['due_at'])}.{_carried(p)}"


def _clock_over(p: Params, t: Teller) -> str:
    return f"Batas waktu “{t.clock(p.get('clock', ''))}” sudah lewat.{_carried(p)}"


def _carried(p: Params) -> str:
    """Where what the limit asks for is done now; nothing here can tell whether it has been."""
    return f" Insidennya berlanjut di K-{p['run']}: mohon pastikan di sana." if p.get("run") else ""


def _limits(p: Params, t: Teller) -> str:
    """Which limits of the law still run, by `clock=moment`, where another run carries on."""
    pairs = [one.partition("=") for one in str(p.get("limits", "")).split(",") if one]
    named = [f"“{t.clock(clock)}” (sampai {t.moment(due)})" for clock, _, due in pairs]
    return f" Batas waktu ini tetap berjalan dan tetap diingatkan: {listed(named)}." if named else ""


def _merged(p: Params, t: Teller) -> str:
    said = f"{t.name(p['person'])} menggabungkannya ke K-{p.get('run', '')}."
    return f"{said}{_said(p, 'reason', 'Alasan')}{_limits(p, t)}"


STORIES: Mapping[str, Callable[[Params, Teller], str]] = {
    What.FROZEN: _frozen,
    What.HELD_BY_HAND: lambda p, t: f"{t.name(p['person'])} menandai unggahan terjadwal sudah ditahan.",
    What.RELEASED: _released,
    What.SNAPSHOT_KEPT: _kept,
    What.ASKED: lambda p, t: (
        f"Menunggu {t.names(p['people'])}: {_step(p, t)}."
        if p.get("people")
        else f"Menunggu jawaban {_step(p, t)}."
    ),
    What.ANSWERED: _answered,
    What.REMINDED: lambda p, t: f"Mengingatkan {t.names(p.get('people', ''))}: {_step(p, t)}.",
    What.COMPOSED: lambda p, t: f"Teks {_step(p, t)} siap diperiksa.",
    What.NOT_COMPOSED: lambda p, t: f"Teks {_step(p, t)} belum bisa disusun.{_said(p, 'reason', 'Sebabnya')}",
    What.EDITED: lambda p, t: f"{t.name(p['person'])} mengubah teks {_step(p, t)}.",
    What.APPROVED: _approved,
    What.RETURNED: lambda p, t: (
        f"{t.name(p['person'])} mengembalikan {_step(p, t)}.{_said(p, 'note', 'Catatan')}"
    ),
    What.REJECTED: lambda p, t: f"{t.name(p['person'])} menolak {_step(p, t)}.{_said(p, 'note', 'Catatan')}",
    What.PUBLISHED: _published,
    What.HOLDING_POSTED: _held,
    What.POST_ASKED: lambda p, t: f"{t.names(p.get('people', ''))} diminta menayangkan di {_channel(p)}.",
    What.POST_FAILED: lambda p, _t: f"Belum bisa tayang di {_channel(p)}. Perlu keputusan Anda.",
    What.POST_UNCERTAIN: lambda p, _t: f"Belum pasti sudah tayang di {_channel(p)}. Mohon dilihat sendiri.",
    What.REPLIED: lambda p, _t: f"{p.get('count', 0)} komentar warga sudah dibalas.",
    What.STEP_SKIPPED: lambda p, t: (
        f"{t.name(p['person'])} melewati {_step(p, t)}.{_said(p, 'reason', 'Alasan')}"
        if p.get("person")
        else f"Langkah {_step(p, t)} tidak diperlukan."
    ),
    What.STEP_FAILED: lambda p, t: f"Langkah {_step(p, t)} tidak berhasil.{_said(p, 'reason', 'Sebabnya')}",
    What.JUMPED: lambda p, t: (
        f"{t.name(p['person'])} memulai dari {_step(p, t)}.{_said(p, 'reason', 'Alasan')}"
        if p.get("person")
        else f"Diulang dari {_step(p, t)}."
    ),
    What.HAND_OVER_OFFERED: lambda p, t: (
        f"{t.name(p['person'])} meminta {t.name(p.get('to', ''))} melanjutkan."
    ),
    What.HAND_OVER_ACCEPTED: lambda p, t: f"Kini ditangani {t.name(p['person'])}.",
    What.HAND_OVER_DECLINED: lambda p, t: f"{t.name(p['person'])} belum bisa melanjutkan.",
    What.SHIFT_OVER: _shift_over,
    What.HAND_OVER_UNANSWERED: lambda p, t: (
        f"{t.name(p['person'])} belum menjawab, jadi rekan lain dipanggil."
        if p.get("person")
        else "Belum ada yang melanjutkan, jadi rekan lain dipanggil."
    ),
    What.HANDED_OFF: lambda p, t: f"Dilanjutkan dengan playbook {p.get('playbook', '')}.{_limits(p, t)}",
    What.MERGED: _merged,
    What.STOOD_DOWN: lambda p, t: (
        f"{t.name(p['person'])} menghentikan panggilan.{_said(p, 'reason', 'Alasan')}"
    ),
    What.CLOCK_NEAR: _clock_near,
    What.CLOCK_OVER: _clock_over,
    What.CLOCK_MET: lambda p, t: f"Batas waktu “{t.clock(p.get('clock', ''))}” terpenuhi.",
    What.REVIEW_ASKED: lambda p, t: (
        f"Saatnya evaluasi. {t.names(p.get('people', ''))} mendapat pertanyaannya."
    ),
    What.REVIEWED: lambda p, t: (
        f"Evaluasi selesai, ditutup {t.name(p['person'])}.{_said(p, 'reason', 'Alasan')}"
    ),
}

REFUSALS: Mapping[str, str] = {
    "step_over": "Langkah ini sudah selesai.",
    "step_not_yours": "Langkah ini menunggu jawaban orang lain. Terima kasih sudah sigap.",
    "own_words": "Anda ikut menulis teks ini, jadi perlu orang lain yang menyetujuinya.",
    "words_changed": "Teksnya baru saja berubah. Mohon baca lagi yang terbaru.",
    "already_voted": "Anda sudah memberi keputusan untuk teks ini.",
    "no_such_step": "Langkah itu tidak ada di insiden ini.",
    "not_skippable": "Langkah ini tidak bisa dilewati.",
    "nobody_asked": "Orang itu tidak sedang diminta apa pun.",
    "nothing_held": "Tidak ada yang sedang ditahan.",
}
