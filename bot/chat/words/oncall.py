"""On call: /piket, /tukar, hand-over, the monthly test. Moments in the reader's own zone."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.chat.words import times
from bot.chat.words.crisis import run_number
from bot.chat.words.names import listed
from bot.chat.words.story import target
from bot.domain.people import Zone

Params = Mapping[str, object]
Names = Mapping[str, str]
_WHOLE_DAY = timedelta(days=1)

DUTY = "Piket sekarang"
NO_ROTA = "Belum ada rota piket di konfigurasi."
NOBODY_ON = "tidak ada petugas"
UNREACHABLE = "Belum bisa dihubungi bot: "
GAPS = "⚠️ Tanpa petugas, 14 hari ke depan"
CHANGES = "Pengganti dan cuti"
ASKED = "Menunggu jawaban tukar"
DAYS_OFF = "Hari libur"
HOW = (
    "Tukar giliran: /tukar. Unduh ke kalender: /piket unduh. Koordinator dan pengelola: "
    "/piket ganti, /piket cuti, /piket batal."
)
FILE_CAPTION = "Giliran Anda 60 hari ke depan. Buka berkasnya untuk menambahkannya ke kalender ponsel."
NO_DUTY = "Tidak ada giliran dalam 14 hari ke depan."
NOBODY_FREE = "Tidak ada rekan yang bisa menggantikan giliran itu. Bicarakan dengan koordinator, ya."
FOR_NOTHING = "tanpa giliran balasan"


def week(zone: Zone) -> str:
    return f"7 hari ke depan ({zone})"


def until(moment: str) -> str:
    return f" sampai {moment}"


def always() -> str:
    return "tetap sama"


def more(count: int) -> str:
    return f"… dan {count} lagi"


def alone(rota: str, name: str) -> str:
    return f"⚠️ Giliran {rota} hanya diisi {name}, belum ada penggantinya."


def moment(at: datetime, zone: Zone) -> str:
    """Rab 25 Nov 19.00."""
    return f"{times.weekday(at, zone)} {times.short_day(at, zone)} {times.short(at, zone)}"


def stretch(start: datetime, end: datetime, zone: Zone) -> str:
    """Rab 25 Nov 19.00–07.00, with the second day where it is not the next morning; or Rab 25 Nov, 24 jam."""
    first, last = start.astimezone(zone.tz), end.astimezone(zone.tz)
    if first.hour == first.minute == 0 and last - first == _WHOLE_DAY:
        return f"{times.weekday(start, zone)} {times.short_day(start, zone)}, 24 jam"
    near = first.date() == last.date() or (last - first).total_seconds() <= 86_400
    return f"{moment(start, zone)}–{times.short(end, zone) if near else moment(end, zone)}"


def put_in(number: int, name: str, instead: str, rota: str, when: str) -> str:
    place = f" menggantikan {instead}" if instead else ""
    return f"g{number} · {rota}: {name}{place}, {when}"


def on_leave(number: int, name: str, stand_in: str, when: str) -> str:
    return f"c{number} · {name} cuti, {when}" + (f", diganti {stand_in}" if stand_in else "")


def waiting_swap(giver: str, taker: str, when: str) -> str:
    return f"{giver} ↔ {taker}: {when}"


def saved_put_in(number: int, name: str, when: str) -> str:
    return f"Tercatat (g{number}): {name} bertugas {when}. Batalkan dengan /piket batal g{number}"


def saved_leave(number: int, name: str, when: str, empty: int) -> str:
    said = f"Tercatat (c{number}): {name} cuti {when}. Batalkan dengan /piket batal c{number}"
    return said + (
        f"\n⚠️ Ada {empty} giliran yang kini kosong. Atur penggantinya dengan /piket ganti." if empty else ""
    )


CANCELLED = "Dibatalkan. Jadwal kembali seperti semula."
SAVED_ALREADY = "Sudah tercatat."


def pick_duty(name: str) -> str:
    return f"Giliran {name} yang mana?"


def pick_partner(when: str) -> str:
    return f"{when}. Tukar dengan siapa?"


def offer(name: str, when: str) -> str:
    return f"{name}, {when}"


def asked_of(names: tuple[str, ...], when: str) -> str:
    return f"Ditanyakan kepada {listed(names)}: {when}. Jadwal berubah setelah disetujui."


def file_name(name: str) -> str:
    return f"piket-{name}.ics"


def event_title(rota: str) -> str:
    return f"Piket {rota}"


def event_note(names: tuple[str, ...]) -> str:
    return f"Bertugas: {listed(names)}."


# --- notices ---


def _name(p: Params, key: str, names: Names) -> str:
    person = str(p.get(key) or "")
    return names.get(person, person)


def _zone(p: Params) -> Zone:
    said = str(p.get("zone") or "")
    return Zone(said) if said in frozenset(Zone) else Zone.WIB


def _at(value: object) -> datetime:
    return datetime.fromisoformat(str(value))


def _duty(p: Params, key: str) -> str:
    duty = p.get(key)
    if not isinstance(duty, Mapping):
        return ""
    zone = _zone(p)
    return f"{_rota(duty)}, {stretch(_at(duty['start']), _at(duty['end']), zone)} {zone}"


def _moment(p: Params, key: str) -> str:
    return f"{moment(_at(p[key]), _zone(p))} {_zone(p)}" if p.get(key) else ""


def _rota(p: Params) -> str:
    return str(p.get("rota", "")).replace("-", " ")


def _span(p: Params) -> str:
    zone = _zone(p)
    if not (p.get("start") and p.get("end")):
        return ""
    return f"{stretch(_at(p['start']), _at(p['end']), zone)} {zone}"


def _swap_asked(p: Params, n: Names) -> str:
    """As the reader sees it: what they would get, what they would give."""
    reader, giver, taker = p.get("reader"), _name(p, "giver", n), _name(p, "taker", n)
    if reader == p.get("taker"):
        ask = f"🔄 {giver} minta tukar giliran. Anda bertugas: {_duty(p, 'give')}."
        back = (
            f" {giver} menggantikan Anda: {_duty(p, 'back')}." if p.get("back") else " Tanpa giliran balasan."
        )
    else:
        ask = f"🔄 {_name(p, 'by', n)} mengusulkan: {taker} menggantikan Anda, {_duty(p, 'give')}."
        back = f" Anda menggantikan {taker}: {_duty(p, 'back')}." if p.get("back") else ""
    return f"{ask}{back} Jawab sebelum {_moment(p, 'until')}."


def _swap_done(p: Params, n: Names) -> str:
    back = f"; {_name(p, 'giver', n)}: {_duty(p, 'back')}" if p.get("back") else ""
    return f"✅ Tukar giliran berlaku. {_name(p, 'taker', n)}: {_duty(p, 'give')}{back}."


def _swap_ended(why: str) -> Callable[[Params, Names], str]:
    return lambda p, n: (
        f"Tukar giliran {_name(p, 'giver', n)} dan {_name(p, 'taker', n)} ({_duty(p, 'give')}) {why}. "
        "Jadwal tetap."
    )


def _handover(p: Params, n: Names) -> str:
    going = p.get("going")
    came = listed([n.get(str(x), str(x)) for x in going]) if isinstance(going, list) and going else ""
    until_ = f" sampai {_moment(p, 'at')}" if p.get("at") else ""
    first = f"🟢 Giliran Anda di {_rota(p)} dimulai{until_}." + (f" Sebelumnya: {came}." if came else "")
    notes = p.get("notes")
    said = [
        f"Pesan {_name(note, 'person', n)}: {note.get('text', '')}"
        for note in (notes if isinstance(notes, list) else ())
        if isinstance(note, Mapping)
    ]
    return "\n".join([first, *_open(p), *said])


def _open(p: Params) -> list[str]:
    incidents, urgent = p.get("incidents"), p.get("urgent")
    waiting, uncertain = p.get("waiting"), p.get("uncertain")
    found = []
    if isinstance(incidents, list) and incidents:
        found.append(f"Insiden berjalan: {listed([run_number(int(x)) for x in incidents])}.")
    if isinstance(urgent, list) and urgent:
        found.append(f"Kasus mendesak: {listed([f'#{x}' for x in urgent[:10]])}.")
    if p.get("new"):
        late = f", {p['late']} kasus lewat target" if p.get("late") else ""
        found.append(f"Antrean: {p['new']} belum diambil{late}.")
    if waiting:
        found.append(f"Draf menunggu persetujuan: {waiting}.")
    if uncertain:
        found.append(f"Kiriman yang belum pasti sampai: {uncertain}.")
    return found or ["Tidak ada yang terbuka. Selamat bertugas."]


def _gaps(p: Params, _n: Names) -> str:
    zone, found = _zone(p), p.get("gaps")
    lines = [
        f"{_rota(gap)}: {stretch(_at(gap['start']), _at(gap['end']), zone)} {zone}"
        for gap in (found if isinstance(found, list) else ())
        if isinstance(gap, Mapping)
    ]
    rest = [more(int(str(p.get("more"))))] if p.get("more") else []
    return "\n".join(["⚠️ Ada jam tanpa petugas piket. Isi dengan /piket ganti, ya.", *lines, *rest])


def _unreached(p: Params, n: Names) -> str:
    zone, found = _zone(p), p.get("calls")
    lines = [
        f"{listed([target(one) for one in call['targets']])} "
        f"({listed([n.get(str(one), str(one)) for one in call['people']])}): "
        f"{stretch(_at(call['start']), _at(call['end']), zone)} {zone}"
        for call in (found if isinstance(found, list) else ())
        if isinstance(call, Mapping)
    ]
    rest = [more(int(str(p.get("more"))))] if p.get("more") else []
    first = "📵 Dipanggil playbook, tetapi belum bisa dihubungi: cuti, belum terhubung, atau memblokir bot."
    last = "Kirim tautan undangan, atau atur pengganti dengan /piket cuti."
    return "\n".join([first, *lines, *rest, last])


def _silent(p: Params, n: Names) -> str:
    people = p.get("people")
    names = listed([n.get(str(x), str(x)) for x in people]) if isinstance(people, list) else ""
    return (
        f"📵 Tes panggilan: {names} belum menjawab setelah sehari. "
        "Telepon mereka dan pastikan bot tidak diblokir atau dibisukan."
    )


NOTICES: Mapping[str, Callable[[Params, Names], str]] = {
    "put_in": lambda p, n: f"📌 {_name(p, 'by', n)} menugaskan Anda di {_rota(p)}: {_span(p)}.",
    "taken_off": lambda p, n: f"📌 {_name(p, 'by', n)} mengatur pengganti Anda di {_rota(p)}: {_span(p)}.",
    "on_leave": lambda p, n: f"📌 {_name(p, 'by', n)} mencatat cuti Anda: {_span(p)}. Selamat beristirahat.",
    "standing_in": lambda p, n: f"📌 Anda menggantikan {_name(p, 'other', n)} yang cuti: {_span(p)}.",
    "swap_asked": _swap_asked,
    "swap_done": _swap_done,
    "swap_declined": _swap_ended("tidak disetujui"),
    "swap_withdrawn": _swap_ended("dibatalkan pemintanya"),
    "swap_expired": _swap_ended("tidak dijawab sampai waktunya habis"),
    "handover": _handover,
    "handover_late": lambda p, n: f"📝 Pesan susulan dari {_name(p, 'person', n)} ({_rota(p)}):",
    "reach_test": lambda _p, _n: (
        "🔔 Tes panggilan bulanan. Tekan tombol di bawah, supaya kami tahu panggilan sampai kepada Anda."
    ),
    "reach_silent": _silent,
    "rota_gaps": _gaps,
    "unreached_ahead": _unreached,
}


def handover_question(p: Params, name: str) -> tuple[str, str]:
    """What whoever goes is asked half an hour before."""
    when = times.clock(_at(p["at"]), _zone(p)) if p.get("at") else ""
    ask = (
        f"📝 {name}, giliran Anda di {_rota(p)} selesai pukul {when}. Apa yang perlu diketahui penggantinya? "
        "Balas pesan ini; bila tidak ada, abaikan saja."
    )
    return ask, "Catatan serah terima"
