"""What happens in an incident, told line by line; and why a press on its buttons changed nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.words import names as called
from bot.chat.words import outside, story_steps, times
from bot.domain.errors import RunRefused
from bot.domain.people import Role, Zone
from bot.domain.playbook import Playbook
from bot.domain.run_types import What
from bot.domain.second import Because
from bot.domain.steps import Ask, Checklist

Params = Mapping[str, object]
TIMES = "times"
"""How often the same was said, where one line stands for several."""


@dataclass(frozen=True, slots=True)
class Teller:
    """What a sentence needs to name things: people by id, the playbook's steps, the reader's clock."""

    people: Mapping[str, str]
    zone: Zone
    now: datetime
    playbook: Playbook | None = None

    def name(self, person: object) -> str:
        return self.people.get(str(person), str(person))

    def names(self, ids: object) -> str:
        found = [self.name(one) for one in str(ids).split(",") if one]
        return called.listed(found)

    def moment(self, iso: object) -> str:
        return times.moment(datetime.fromisoformat(str(iso)), self.now, self.zone)

    def step(self, step: object) -> str:
        found = self.playbook.step(str(step)) if self.playbook is not None else None
        return found.name if found is not None else str(step)

    def item(self, path: object) -> str:
        """The line of a checklist named `step/item`."""
        step_id, _, item_id = str(path).partition("/")
        found = self.playbook.step(step_id) if self.playbook is not None else None
        items = found.uses.items if found is not None and isinstance(found.uses, Checklist) else ()
        return next((item.text for item in items if item.id == item_id), item_id)

    def clock(self, clock: object) -> str:
        clocks = self.playbook.clocks if self.playbook is not None else ()
        return next((one.name for one in clocks if one.id == str(clock)), str(clock))

    def choice(self, step: object, choice: object) -> str:
        """The words of what was chosen."""
        found = self.playbook.step(str(step)) if self.playbook is not None else None
        choices = found.uses.choices if found is not None and isinstance(found.uses, Ask) else ()
        return dict(choices).get(str(choice), str(choice))


def story(what: str, params: Params, teller: Teller) -> str:
    """One sentence of the story. A kind that this version does not know says so honestly."""
    known = _STORIES.get(what)
    said = known(params, teller) if known is not None else f"Ada perkembangan baru ({what})."
    return f"{said} ({params[TIMES]} kali)" if TIMES in params else said


def because(reason: str) -> str:
    """Why it opened, from the trigger's short form; "" when there is nothing to add."""
    words = dict(part.partition("=")[::2] for part in reason.split())
    label = called.label(words["label"]).lower() if "label" in words else ""
    if "burst" in words:
        return f"{words.get('count', 'beberapa')} komentar sejenis tentang {label} dalam waktu singkat"
    if "manual" in words:
        case = words.get("case", "-")
        return "" if case == "-" else f"dari kasus #{case}"
    return f"satu komentar: {label}" if label else outside.because(words)


def target(text: object) -> str:
    """A playbook's target in words: "role:koordinator" is koordinator."""
    kind, _, name = str(text).partition(":")
    known = {
        "role": called.ROLE[Role(name)] if name in set(Role) else name,
        "group": f"kelompok {name}",
        "oncall": f"piket {name}",
        "unit": f"bidang {name}",
        "person": name,
        "acker": "penanggung jawab",
    }
    return known.get(kind, str(text)).replace("-", " ")


def level(number: object) -> str:
    return f"tingkat {int(str(number)) + 1}"


def _opened(p: Params, t: Teller) -> str:
    why = because(str(p.get("reason", "")))
    who = f"Dibuka {t.name(p['by'])}" if "by" in p else "Dibuka otomatis"
    return f"{who}, {why}." if why else f"{who}."


def _acked(p: Params, t: Teller) -> str:
    seconds = p.get("seconds")
    after = f", {times.span(timedelta(seconds=int(str(seconds))))} setelah dibuka" if seconds else ""
    return f"Ditangani {t.name(p['person'])}{after}."


def _taken_over(p: Params, t: Teller) -> str:
    former = f" dari {t.name(p['former'])}" if p.get("former") else ""
    return f"{t.name(p['person'])} mengambil alih{former}."


def _overdue(p: Params, t: Teller) -> str:
    items = [t.item(path) for path in str(p["items"]).split(",")]
    rows = "\n".join(f"• {item}" for item in items)
    owner = f" {t.name(p['owner'])}, mohon dilihat:" if p.get("owner") else ""
    return f"Lewat tenggat.{owner}\n{rows}"


def _resolved(p: Params, t: Teller) -> str:
    left = str(p.get("left", ""))
    undone = f" {len(left.split(','))} butir daftar periksa belum dicentang." if left else ""
    return f"Ditutup {t.name(p['person'])}.{_reason(p)}{undone}"


def _monitoring(p: Params, t: Teller) -> str:
    steps = [f"“{t.step(one)}”" for one in str(p.get("left", "")).split(",") if one]
    if not steps:
        return "Semua langkah selesai. Sekarang dipantau."
    return f"Urusan ke publik sudah selesai, sekarang dipantau. Masih terbuka: {called.listed(steps)}."


def _reason(p: Params) -> str:
    said = str(p.get("reason", "")).strip()
    return f" Alasan: {said.rstrip('.')}." if said else ""


_SECOND: Mapping[str, str] = {
    Because.REFUSED: "Telegram tidak sampai; ",
    Because.STUCK: "Telegram tertahan; ",
}

_STORIES: Mapping[str, Callable[[Params, Teller], str]] = {
    What.OPENED: _opened,
    What.REOPENED: lambda _p, _t: "Dibuka lagi: hal yang sama muncul kembali.",
    What.EVIDENCE_ADDED: lambda p, _t: f"Bukti bertambah, kini {p.get('count', '')} pemicu.",
    What.SEVERITY_RAISED: lambda p, _t: f"Tingkatnya naik menjadi {p['severity']}.",
    What.PAGED: lambda p, t: (
        f"Memanggil {t.names(p['people'])} ({level(p['level'])})."
        + (" Tidak ada orang baru di tingkat ini." if p.get("nobody_new") else "")
    ),
    What.ESCALATED: lambda _p, _t: "Belum ada jawaban, tingkat berikutnya dipanggil.",
    What.LEVEL_EMPTY: lambda p, _t: (
        f"Tidak ada yang bisa dihubungi di {level(p['level'])}. Lanjut ke berikutnya."
    ),
    What.UNREACHABLE: lambda p, t: f"{t.name(p['person'])} tidak bisa dihubungi bot.",
    What.UNDELIVERABLE: lambda p, t: (
        f"Panggilan ke {t.name(p['person'])} tidak sampai. Hubungi dengan cara lain, ya."
    ),
    What.SECOND_SENT: lambda p, t: (
        _SECOND.get(str(p.get("because")), "")
        + f"{t.name(p['person'])} dipanggil lewat {called.way(p['via'])}."
    ),
    What.SECOND_FAILED: lambda p, t: (
        f"Semua jalan lain ke {t.name(p['person'])} gagal. Hubungi langsung, ya."
    ),
    What.EXHAUSTED: lambda p, t: (
        f"Semua sudah dipanggil, belum ada yang menjawab. Memanggil {t.names(p['people'])}."
        if p.get("people")
        else "Semua sudah dipanggil, belum ada yang menjawab."
    ),
    What.NOBODY_LEFT: lambda _p, _t: (
        "Tidak ada lagi yang bisa dihubungi bot. Siapa pun yang membaca ini, mohon bantu."
    ),
    What.STILL_UNANSWERED: lambda p, t: (
        f"Belum ada yang menangani sejak {t.moment(p['since'])}. Dipanggil lagi."
    ),
    What.DELAYED: lambda p, t: (
        f"Bot sempat mati dari {t.moment(p['since'])} sampai {t.moment(p['until'])}. Panggilan diulang."
    ),
    What.LATE: lambda p, t: f"Terlambat dijalankan; seharusnya {t.moment(p['due_at'])}.",
    What.ACKED: _acked,
    What.RAISED: lambda p, t: f"{t.name(p['person'])} menaikkan ke tingkat berikutnya.",
    What.TAKEN_OVER: _taken_over,
    What.LEASE_ASKED: lambda p, t: f"{t.name(p['person'])} ditanya apakah masih menangani.",
    What.STILL_HANDLING: lambda p, t: f"{t.name(p['person'])} masih menangani.",
    What.LEASE_LOST: lambda p, t: f"{t.name(p['person'])} tidak menjawab. Panggilan diulang dari awal.",
    What.STEP_READY: lambda p, t: f"Langkah “{t.step(p['step'])}” bisa dikerjakan.",
    What.STEP_DONE: lambda p, t: f"Langkah “{t.step(p['step'])}” selesai.",
    What.STEP_EXPIRED: lambda p, t: f"Langkah “{t.step(p['step'])}” lewat waktunya dan belum selesai.",
    What.ITEM_TICKED: lambda p, t: (
        f"{t.name(p['person'])} menyelesaikan: {t.item('/'.join((str(p['step']), str(p['item']))))}"
    ),
    What.ITEM_OVERDUE: _overdue,
    What.NOTIFIED: lambda p, t: (
        f"{t.names(p['people'])} diberi tahu." if p.get("people") else "Pemberitahuan dilewati."
    ),
    What.TARGET_EMPTY: lambda p, _t: f"Tidak ada yang bisa dihubungi untuk {target(p['target'])}.",
    What.PRIVATE_EMPTY: lambda p, _t: (
        f"Isi pesan tidak terkirim: {target(p['target'])} tidak ada yang bisa dihubungi. Mohon dibantu."
    ),
    What.MONITORING: _monitoring,
    What.RESOLVED: _resolved,
    What.FALSE_ALARM: lambda p, t: f"Dinyatakan alarm palsu oleh {t.name(p['person'])}.{_reason(p)}",
    **story_steps.STORIES,
    **outside.STORIES,
}

_REFUSALS: Mapping[str, str] = {
    **story_steps.REFUSALS,
    "not_opened": "Insiden ini belum dibuka.",
    "already_opened": "Insiden ini sudah dibuka.",
    "closed": "Insiden ini sudah ditutup.",
    "repeat_ignored": "Insiden ini sudah berjalan.",
    "not_called": "Panggilan ini bukan untuk Anda. Terima kasih sudah sigap.",
    "taken": "Sudah ditangani {by}. Terima kasih sudah sigap.",
    "already_yours": "Anda sudah menanganinya.",
    "nobody_has_it": "Belum ada yang menangani. Tekan 👀 Saya tangani.",
    "not_owner": "Sekarang ditangani {by}.",
    "all_called": "Semua tingkat sudah dipanggil.",
    "not_closer": "Menutup insiden ini bukan tugas Anda. Minta yang berwenang menutupnya, ya.",
    "needs_reason": "Tulis alasannya dulu, ya.",
    "no_such_item": "Butir itu tidak ada di daftar periksa ini.",
    "step_not_ready": "Langkah ini menunggu langkah sebelumnya.",
    "already_ticked": "Sudah dicentang {by}.",
}
_SINCE: Mapping[str, str] = {
    What.ACKED: "sudah ditangani{by}",
    What.TAKEN_OVER: "sudah diambil alih{by}",
    What.RAISED: "sudah dinaikkan{by}",
    What.ESCALATED: "sudah naik ke tingkat berikutnya",
    What.LEASE_LOST: "panggilan diulang dari awal",
    What.DELAYED: "panggilan diulang dari awal",
    What.REOPENED: "insidennya dibuka lagi",
    What.RESOLVED: "sudah ditutup{by}",
    What.FALSE_ALARM: "sudah dinyatakan alarm palsu{by}",
}


def refused(no: RunRefused, people: Mapping[str, str], zone: Zone) -> str:
    """The answer to a press on an incident's button that changed nothing."""
    by = people.get(no.by, no.by)
    if no.why != "stale":
        return _REFUSALS.get(no.why, "Belum bisa dilakukan. Lihat kartu yang terbaru.").format(
            by=by or "orang lain"
        )
    happened = _SINCE.get(no.what, "keadaannya sudah berubah").format(by=f" {by}" if by else "")
    when = f" pukul {times.clock(no.at, zone)}" if no.at is not None else ""
    return f"Tombol ini sudah tidak berlaku: {happened}{when}. Lihat pesan yang terbaru, ya."
