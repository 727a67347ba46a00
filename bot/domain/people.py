"""People, their roles, and the one table of who may do what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from bot.domain.contact import Contact
from bot.domain.quiet import QuietHours

PersonId = NewType("PersonId", str)


class Role(StrEnum):
    """The parts people play, in the order of the table's columns."""

    ADMIN = "admin"
    KOORDINATOR = "koordinator"
    PIKET = "piket"
    NARAHUBUNG = "narahubung"
    PIMPINAN = "pimpinan"
    PENGELOLA = "pengelola"


class Zone(StrEnum):
    """Indonesia's three time zones, by the names people use; none has daylight saving."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def tz(self) -> ZoneInfo:
        """The zone for date arithmetic."""
        return ZoneInfo(_ZONE_NAMES[self])


_ZONE_NAMES = {Zone.WIB: "Asia/Jakarta", Zone.WITA: "Asia/Makassar", Zone.WIT: "Asia/Jayapura"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team, as the configuration names them."""

    id: PersonId
    name: str
    roles: frozenset[Role]
    zone: Zone
    contacts: tuple[Contact, ...] = ()
    quiet: QuietHours | None = None

    def is_quiet(self, at: datetime) -> bool:
        """Whether this moment lies in the person's quiet hours."""
        return self.quiet is not None and self.quiet.covers(at.astimezone(self.zone.tz).time())


class Action(StrEnum):
    """Everything a person of the team can try to do; one or more per row of the permission table."""

    SEE = "see"
    TAKE = "take"
    LABEL = "label"
    SNOOZE = "snooze"
    CLOSE = "close"
    NOTE = "note"
    REOPEN = "reopen"
    DRAFT = "draft"
    SUBMIT = "submit"
    EDIT_CLAIM = "edit_claim"
    ASK_DATA = "ask_data"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    CONFIRM_FINDING = "confirm_finding"
    SEND_INSTANT = "send_instant"
    OPEN_INCIDENT = "open_incident"
    FALSE_ALARM = "false_alarm"
    ACKNOWLEDGE = "acknowledge"
    TAKE_OVER = "take_over"
    ESCALATE = "escalate"
    ANSWER_QUESTION = "answer_question"
    CLOSE_INCIDENT = "close_incident"
    RELEASE_FREEZE = "release_freeze"
    PROPOSE_REMOVAL = "propose_removal"
    CONFIRM_REMOVAL = "confirm_removal"
    ANSWER_REQUEST = "answer_request"
    PROPOSE_TEMPLATE = "propose_template"
    APPROVE_TEMPLATE = "approve_template"
    SWAP_OWN = "swap_own"
    SET_OVERRIDE = "set_override"
    START_DRILL = "start_drill"
    LOCK = "lock"
    UNLOCK = "unlock"
    READ_REPORTS = "read_reports"
    EXPORT = "export"
    MANAGE = "manage"


class Right(StrEnum):
    """What one cell of the table gives."""

    NO = "no"
    YES = "yes"
    ON_DUTY = "on_duty"  # only during one's own shift
    WHEN_PAGED = "when_paged"  # only for an incident that paged this person
    OWN = "own"  # only one's own work, requests or shifts


_NO, _YES, _DUTY, _PAGED, _OWN = Right.NO, Right.YES, Right.ON_DUTY, Right.WHEN_PAGED, Right.OWN

# One line per row of the table: its Indonesian title, its actions, and a right for each role in Role's order.
_ROWS: tuple[tuple[str, tuple[Action, ...], tuple[Right, ...]], ...] = (
    ("Lihat kartu, papan, cari", (Action.SEE,), (_YES, _YES, _YES, _OWN, _YES, _YES)),
    (
        "Ambil, beri label, tunda, tutup, catat, buka lagi, tulis draf, ajukan; kerjakan klaim, minta data",
        (
            Action.TAKE,
            Action.LABEL,
            Action.SNOOZE,
            Action.CLOSE,
            Action.NOTE,
            Action.REOPEN,
            Action.DRAFT,
            Action.SUBMIT,
            Action.EDIT_CLAIM,
            Action.ASK_DATA,
        ),
        (_YES, _YES, _DUTY, _NO, _NO, _NO),
    ),
    (
        "Setujui, kembalikan, tolak draf (tidak pernah kata-kata sendiri); pastikan temuan klaim",
        (Action.APPROVE, Action.RETURN, Action.REJECT, Action.CONFIRM_FINDING),
        (_NO, _YES, _NO, _NO, _NO, _NO),
    ),
    (
        "Kirim langsung templat tertutup yang sudah disetujui (bila diizinkan)",
        (Action.SEND_INSTANT,),
        (_YES, _YES, _DUTY, _NO, _NO, _NO),
    ),
    (
        "Buka insiden (🚨, /krisis), nyatakan alarm palsu",
        (Action.OPEN_INCIDENT, Action.FALSE_ALARM),
        (_YES, _YES, _YES, _NO, _NO, _NO),
    ),
    (
        "Tangani, ambil alih, naikkan panggilan; jawab pertanyaan playbook",
        (Action.ACKNOWLEDGE, Action.TAKE_OVER, Action.ESCALATE, Action.ANSWER_QUESTION),
        (_PAGED, _YES, _YES, _NO, _PAGED, _NO),
    ),
    (
        "Tutup insiden, lepas penahanan unggahan",
        (Action.CLOSE_INCIDENT, Action.RELEASE_FREEZE),
        (_NO, _YES, _NO, _NO, _NO, _NO),
    ),
    (
        "Usulkan hapus, batasi, atau blokir",
        (Action.PROPOSE_REMOVAL,),
        (_YES, _NO, _DUTY, _NO, _NO, _NO),
    ),
    (
        "Pastikan hapus, batasi, atau blokir (orang kedua)",
        (Action.CONFIRM_REMOVAL,),
        (_NO, _YES, _NO, _NO, _NO, _NO),
    ),
    ("Jawab permintaan data", (Action.ANSWER_REQUEST,), (_NO, _YES, _NO, _YES, _NO, _NO)),
    ("Usulkan templat", (Action.PROPOSE_TEMPLATE,), (_YES, _YES, _YES, _YES, _NO, _NO)),
    ("Setujui templat", (Action.APPROVE_TEMPLATE,), (_NO, _YES, _NO, _NO, _NO, _NO)),
    (
        "Tukar giliran piket (kedua pihak setuju)",
        (Action.SWAP_OWN,),
        (_OWN, _YES, _OWN, _NO, _NO, _YES),
    ),
    ("Atur pengganti piket", (Action.SET_OVERRIDE,), (_NO, _YES, _NO, _NO, _NO, _YES)),
    ("Mulai latihan", (Action.START_DRILL,), (_NO, _YES, _NO, _NO, _NO, _YES)),
    ("/kunci (seketika)", (Action.LOCK,), (_YES, _YES, _YES, _NO, _YES, _YES)),
    (
        "/buka (dua orang, atau satu yang ditunjuk konfigurasi)",
        (Action.UNLOCK,),
        (_NO, _YES, _NO, _NO, _NO, _YES),
    ),
    (
        "Baca laporan, ekspor",
        (Action.READ_REPORTS, Action.EXPORT),
        (_OWN, _YES, _OWN, _NO, _YES, _YES),
    ),
    (
        "Orang, kunci rahasia, pengaturan, masa simpan",
        (Action.MANAGE,),
        (_NO, _NO, _NO, _NO, _NO, _YES),
    ),
)

PERMISSIONS: Mapping[tuple[Role, Action], Right] = {
    (role, action): right
    for _, actions, rights in _ROWS
    for action in actions
    for role, right in zip(Role, rights, strict=True)
}

Withdrawn = Mapping[Role, frozenset[Action]]
NOTHING_WITHDRAWN: Withdrawn = {}


def right_of(role: Role, action: Action, withdrawn: Withdrawn = NOTHING_WITHDRAWN) -> Right:
    """The cell of the table, or NO where the configuration withdrew the right from the role."""
    if action in withdrawn.get(role, frozenset()):
        return Right.NO
    return PERMISSIONS[role, action]


def may(
    roles: Collection[Role],
    action: Action,
    *,
    on_duty: bool = False,
    paged: bool = False,
    own: bool = False,
    withdrawn: Withdrawn = NOTHING_WITHDRAWN,
) -> bool:
    """Tell whether somebody with these roles may do it now: one role that allows it is enough.

    `on_duty`: it is this person's shift. `paged`: the incident in question paged this person. `own`: the
    work, request or shift in question is this person's. The caller still checks what no role can give, such
    as "never one's own words".
    """
    granted = {
        Right.NO: False,
        Right.YES: True,
        Right.ON_DUTY: on_duty,
        Right.WHEN_PAGED: paged,
        Right.OWN: own,
    }
    return any(granted[right_of(role, action, withdrawn)] for role in roles)


_DENIALS: Mapping[Action, str] = {
    Action.SEE: "Bagian ini hanya untuk anggota tim.",
    Action.APPROVE: "Menyetujui balasan adalah tugas koordinator.",
    Action.RETURN: "Mengembalikan draf adalah tugas koordinator.",
    Action.REJECT: "Menolak draf adalah tugas koordinator.",
    Action.CONFIRM_FINDING: "Memastikan temuan klaim adalah tugas koordinator.",
    Action.EDIT_CLAIM: "Klaim dikerjakan oleh admin, koordinator, atau piket yang sedang bertugas.",
    Action.ASK_DATA: "Data diminta oleh admin, koordinator, atau piket yang sedang bertugas.",
    Action.SEND_INSTANT: "Kirim langsung hanya untuk admin, koordinator, dan piket yang sedang bertugas.",
    Action.OPEN_INCIDENT: "Membuka insiden adalah tugas admin, koordinator, atau piket. Kabari mereka, ya.",
    Action.FALSE_ALARM: "Menyatakan alarm palsu adalah tugas admin, koordinator, atau piket.",
    Action.ACKNOWLEDGE: "Panggilan ini bukan untuk Anda. Terima kasih sudah sigap.",
    Action.TAKE_OVER: "Mengambil alih hanya untuk yang dipanggil, piket, atau koordinator.",
    Action.ESCALATE: "Menaikkan panggilan hanya untuk yang dipanggil, piket, atau koordinator.",
    Action.ANSWER_QUESTION: "Langkah insiden dikerjakan oleh yang dipanggil, piket, atau koordinator.",
    Action.CLOSE_INCIDENT: "Menutup insiden adalah tugas koordinator.",
    Action.RELEASE_FREEZE: "Melepas penahanan unggahan adalah tugas koordinator.",
    Action.PROPOSE_REMOVAL: "Usulan penghapusan diajukan oleh admin atau piket yang sedang bertugas.",
    Action.CONFIRM_REMOVAL: "Penghapusan dipastikan oleh koordinator sebagai orang kedua.",
    Action.ANSWER_REQUEST: "Permintaan data dijawab oleh narahubung atau koordinator.",
    Action.PROPOSE_TEMPLATE: "Usulan templat diajukan oleh admin, piket, narahubung, atau koordinator.",
    Action.APPROVE_TEMPLATE: "Menyetujui templat adalah tugas koordinator.",
    Action.SWAP_OWN: "Giliran piket ditukar oleh pemiliknya, koordinator, atau pengelola.",
    Action.SET_OVERRIDE: "Pengganti piket diatur oleh koordinator atau pengelola.",
    Action.START_DRILL: "Latihan dimulai oleh koordinator atau pengelola.",
    Action.LOCK: "Perintah /kunci hanya untuk anggota tim inti.",
    Action.UNLOCK: "Perintah /buka hanya untuk koordinator atau pengelola.",
    Action.READ_REPORTS: "Laporan lengkap hanya untuk koordinator, pimpinan, dan pengelola.",
    Action.EXPORT: "Ekspor lengkap hanya untuk koordinator, pimpinan, dan pengelola.",
    Action.MANAGE: "Pengaturan hanya untuk pengelola.",
}
_CASE_WORK = "Kasus dikerjakan oleh admin, koordinator, atau piket yang sedang bertugas."


def explain_denial(action: Action) -> str:
    """One kind Indonesian sentence that says whose task it is."""
    return _DENIALS.get(action, _CASE_WORK)


_CELLS = {
    Right.NO: "",
    Right.YES: "●",
    Right.ON_DUTY: "saat bertugas",
    Right.WHEN_PAGED: "bila dipanggil",
    Right.OWN: "milik sendiri",
}


def table_markdown() -> str:
    """Print the permission table for the manual, from the same data that decides."""
    lines = ["| Tindakan | " + " | ".join(Role) + " |", "|---" * (len(Role) + 1) + "|"]
    lines += [
        f"| {title} | " + " | ".join(_CELLS[right] for right in rights) + " |" for title, _, rights in _ROWS
    ]
    return "\n".join(lines) + "\n"
