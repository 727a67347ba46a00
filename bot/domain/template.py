"""Reply templates: words an agency approved beforehand, with slots that can only hold what they say."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256
from urllib.parse import urlsplit

from bot.domain.errors import Refused

SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
ANY_COORDINATOR = "role:koordinator"
_NAME_LENGTH = 40
_GAP = "______"
_NAME_WORDS = 4
_LINK_LENGTH = 300
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


class TemplateState(StrEnum):
    """Approval is recorded in the store by fingerprint; a file can only propose or retire."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RETIRED = "retired"


class TemplateUse(StrEnum):
    """Who may bring the words: a person who answers a comment, or a step of a playbook alone."""

    REPLY = "reply"
    PLAYBOOK = "playbook"


class SlotKind(StrEnum):
    """What may stand in a slot. Only TEXT is free; the bot fills NAME by itself."""

    NAME = "name"
    CHOICE = "choice"
    DATE = "date"
    LINK = "link"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Slot:
    """One gap in a template. `choices` pairs a key with its words; `max` counts characters of a TEXT.

    `fallback` is what stands there while nobody knows better: a first message goes out with what is known.
    """

    name: str
    kind: SlotKind
    ask: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    max: int = 0
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One version of one reply. `labels` are label codes, `topics` keys of the topic list."""

    id: str
    topic: str
    title: str
    labels: tuple[str, ...]
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    text: str
    slots: tuple[Slot, ...]
    owner: str
    source: str
    version: int
    valid_until: date
    state: TemplateState
    sha256: str = ""
    use: TemplateUse = TemplateUse.REPLY
    hands_over: str = ""
    """Who is in charge instead of us; may name slots. Words that say so close the case as not ours."""
    approver: str = ANY_COORDINATOR
    """Who may approve these words: any coordinator, or `person:ID`, a coordinator, and nobody else."""
    basis: str = ""
    """What the words rest on, where that is not a page to link to."""
    repeat: bool = False  # the bot may give them again by itself: see bot/domain/repeat.py

    def approved_by(self, person: str) -> bool:
        """Whether the file leaves the approval to this person. Whether they may at all is another matter."""
        return self.approver in {ANY_COORDINATOR, f"person:{person}"}


class SlotFault(Refused):
    """A value that its slot cannot hold; `why` is an Indonesian sentence for the person who typed it."""

    def __init__(self, slot: str, why: str) -> None:
        super().__init__(f"{slot}: {why}")
        self.slot = slot
        self.why = why


def fingerprint(template: Template) -> str:
    """The sha256 of all that an approver vouches for. Another title or keyword needs no new approval."""
    slots = [
        (s.name, s.kind.value, s.choices, s.max, *([s.fallback] if s.fallback else []))
        for s in template.slots
    ]
    vouched = (
        template.id,
        template.version,
        template.text,
        slots,
        template.source,
        template.valid_until.isoformat(),
        *([] if template.approver == ANY_COORDINATOR else [template.approver]),
        *([("basis", template.basis)] if template.basis else []),
        *(["repeat"] if template.repeat else []),
    )
    return sha256(repr(vouched).encode("utf-8", "backslashreplace")).hexdigest()


def is_closed(template: Template) -> bool:
    """Whether every slot takes only prepared values, so that filling it is no edit of the words."""
    return all(slot.kind is not SlotKind.TEXT for slot in template.slots)


def say_date(day: date) -> str:
    """The date as Indonesian readers write it: 5 Maret 2027."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def presentable_name(raw: str) -> str:
    """A display name that may stand in a public reply, or "" when it is more (or less) than a name.

    Citizens choose their display name freely; a link, a number or a slogan there must not be repeated by the
    agency. Invisible characters go; what then holds anything but letters and the marks of names is dropped.
    """
    visible = "".join(c for c in unicodedata.normalize("NFKC", raw) if unicodedata.category(c)[0] != "C")
    words = visible.split()
    name = " ".join(words)
    fits = 0 < len(name) <= _NAME_LENGTH and len(words) <= _NAME_WORDS
    plain = all(c.isalpha() or unicodedata.category(c) == "Mn" or c in " .'’-" for c in name)
    # A dot inside a word makes a web address of it; after an initial or a title it is part of a name.
    dotted = any("." in word.rstrip(".") for word in words)
    return name if fits and plain and not dotted and any(c.isalpha() for c in name) else ""


def link_is_allowed(link: str, allowed: Collection[str]) -> bool:
    """Whether this is a plain https address on one of the domains, or on a subdomain of one."""
    if (
        len(link) > _LINK_LENGTH
        or not link.isascii()
        or not link.isprintable()
        or set(link) & set(" \\<>\"'")
    ):
        return False
    try:
        parts = urlsplit(link)
        odd = parts.username is not None or parts.port is not None
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme == "https" and not odd and any(host == d or host.endswith(f".{d}") for d in allowed)


def render(template: Template, values: Mapping[str, str], allowed_links: Collection[str]) -> str:
    """The exact text that would be posted.

    `values` holds per slot what was given: a choice's key, an ISO date, an address, a text, the citizen's
    display name. An unusable display name leaves the salutation without one. Raises SlotFault.
    """
    filled = {slot.name: _fill(slot, values.get(slot.name, ""), allowed_links) for slot in template.slots}

    def put(found: re.Match[str]) -> str:
        lead, name, end = found.groups()
        if name not in filled:
            raise SlotFault(name, f"Isian {{{name}}} tidak dikenal di templat ini.")
        # People end what they type with a full stop, and the sentence around it has one already.
        value = filled[name].rstrip(".") if end else filled[name]
        return f"{lead}{value}{end}" if value else end

    # One pass, so that braces inside a value are never read as a slot; the blank before an empty name goes.
    return re.sub(rf"( ?){SLOT.pattern}(\.?)", put, template.text).strip()


def preview(template: Template, values: Mapping[str, str], allowed_links: Collection[str]) -> str:
    """The letter while it is being filled: gaps that are still open stand as a line."""
    ready: dict[str, str] = {}
    for slot in template.slots:
        try:
            ready[slot.name] = _fill(slot, values.get(slot.name, ""), allowed_links)
        except SlotFault:
            ready[slot.name] = _GAP
    return SLOT.sub(lambda found: ready.get(found.group(1), _GAP), template.text).strip()


def _fill(slot: Slot, value: str, allowed_links: Collection[str]) -> str:
    if slot.fallback and not value.strip(" .-"):
        return slot.fallback
    if slot.kind is SlotKind.NAME:
        return presentable_name(value)
    if slot.kind is SlotKind.CHOICE:
        words = dict(slot.choices).get(value)
        if words is None:
            raise SlotFault(slot.name, "Pilih salah satu pilihan yang tersedia, ya.")
        return words
    if slot.kind is SlotKind.DATE:
        return say_date(_date(slot, value))
    if slot.kind is SlotKind.LINK:
        if not link_is_allowed(value, allowed_links):
            raise SlotFault(slot.name, "Tautan ini tidak ada di daftar sumber resmi yang diizinkan.")
        return value
    return _free_text(slot, value)


def _date(slot: Slot, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise SlotFault(slot.name, "Tanggal ditulis seperti 2027-03-05.") from None


def _free_text(slot: Slot, value: str) -> str:
    text = " ".join(value.split())
    if not text:
        raise SlotFault(slot.name, slot.ask or "Bagian ini belum diisi.")
    if slot.max and len(text) > slot.max:
        raise SlotFault(slot.name, f"Paling panjang {slot.max} karakter; ini {len(text)}.")
    return text


class Fitness(StrEnum):
    """Whether a template may be used today, and if not, why."""

    APPROVED = "approved"
    NOT_APPROVED = "not_approved"
    CHANGED = "changed"
    EXPIRED = "expired"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Usability:
    """The verdict with an Indonesian sentence."""

    fitness: Fitness
    reason: str

    @property
    def ok(self) -> bool:
        """Whether it may be used now."""
        return self.fitness is Fitness.APPROVED


def usable(template: Template, approved_sha: str | None, today: date) -> Usability:
    """Judge one template. `approved_sha`: the fingerprint that a coordinator approved, if any."""
    if template.state is TemplateState.RETIRED:
        return Usability(Fitness.RETIRED, "Templat ini sudah tidak dipakai lagi.")
    if today > template.valid_until:
        return Usability(Fitness.EXPIRED, f"Masa berlakunya habis pada {say_date(template.valid_until)}.")
    if not approved_sha:
        return Usability(Fitness.NOT_APPROVED, "Templat ini belum disetujui koordinator.")
    if approved_sha != template.sha256:
        return Usability(Fitness.CHANGED, "Isinya berubah sejak disetujui; perlu disetujui lagi.")
    return Usability(Fitness.APPROVED, f"Disetujui, berlaku sampai {say_date(template.valid_until)}.")


@dataclass(frozen=True, slots=True)
class Change:
    """One place where a text leaves its template; either side may be empty."""

    removed: str
    added: str


def differences(template_rendered: str, text: str) -> tuple[Change, ...]:
    """What differs word by word, in order, so that an approver reads only what is new."""
    before, after = template_rendered.split(), text.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        Change(" ".join(before[i1:i2]), " ".join(after[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    )
