"""What a playbook lets happen and its agency may not want: said by `check`, never a reason not to start."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.domain.people import Action, may
from bot.domain.playbook import Playbook, Step
from bot.domain.steps import CHANNELS, AnswerKind, Approve, Ask, Checklist, Compose, Publish, Request, Wait
from bot.domain.steps import Answer as Reply
from bot.domain.template import Template
from bot.files.advice_team import able
from bot.files.alone import behind
from bot.files.fault import Fault, fault_at, quote
from bot.files.rule_places import Sheet
from bot.files.settings import Settings


def playbook_advice(
    settings: Settings, sheets: Iterable[Sheet], templates: Mapping[str, Template], today: date | None
) -> Iterator[Fault]:
    """Playbook by playbook. Without a day of today nothing is said about what grows old."""
    for sheet in sheets:
        for step in sheet.playbook.steps:
            for rule in _RULES:
                yield from rule(settings, sheet, step)
        if today is not None:
            yield from _overdue(sheet, today)
            yield from _worn_out(sheet, templates, today)
        drill = sheet.playbook.drill
        if drill is not None and drill.every and not drill.scenario:
            hint = "Tulis scenario: lalu nama berkas skenarionya."
            yield fault_at(sheet.place("drill", "every"), "Latihannya belum punya skenario.", hint)


def _approvers(settings: Settings, sheet: Sheet, step: Step) -> Iterator[Fault]:
    """Enough people who may approve, and one more for whoever of them writes: no author counts."""
    if not isinstance(step.uses, Approve) or settings.approval.alone:
        return
    here = [
        person
        for person in behind(settings, step.to)
        if may(settings.persons[person].roles, Action.APPROVE, withdrawn=settings.withdrawn)
    ]
    wanted, place = step.uses.approvals, sheet.nearest(step, "approvals", "to")
    if wanted == len(here) == len(able(settings, Action.APPROVE)) == 1:
        return  # said once, of the team
    if len(here) < wanted:
        hint = "Teks tidak akan tayang: kecilkan approvals, atau beri peran koordinator kepada orang lain."
        yield fault_at(place, f"Perlu {wanted} persetujuan, yang berhak hanya {len(here)} orang.", hint)
    elif len(here) == wanted:
        message = f"Tepat {wanted} orang berhak menyetujui; bila salah satunya ikut menulis, teks tertahan."
        yield fault_at(place, message, "Beri peran koordinator kepada satu orang lagi.")


def _own_channel(settings: Settings, sheet: Sheet, step: Step) -> Iterator[Fault]:
    if isinstance(step.uses, Publish) and CHANNELS[0] in step.uses.to and not settings.chats.public:
        place = sheet.at(step, "with", "to", step.uses.to.index(CHANNELS[0]))
        message = f"Kanal {CHANNELS[0]} belum ada di chats.public; orang yang akan diminta menayangkannya."
        yield fault_at(place, message, "Tulis kanalnya di chats.public bila bot yang harus menayangkan.")


def _counted_as_right(_: Settings, sheet: Sheet, step: Step) -> Iterator[Fault]:
    """The first words of several are often a holding statement, and would stop the clocks of correct ones."""
    if not isinstance(step.uses, Publish) or step.uses.correct_when is not None:
        return
    behind = _behind(sheet.playbook)
    posts = {one.id for one in sheet.playbook.steps if isinstance(one.uses, Publish)}
    if posts.isdisjoint(behind[step.id]) and any(step.id in behind[post] for post in posts):
        message = "Unggahan pertama ini dihitung sebagai keterangan benar, juga bila baru pernyataan awal."
        hint = "Tulis correct_when: syaratnya, false (selalu pernyataan awal), atau true (selalu benar)."
        yield sheet.fault(step, ("with",), message, hint)


def _behind(playbook: Playbook) -> dict[str, set[str]]:
    """The steps that every step waits for, near and far; they only look back."""
    found: dict[str, set[str]] = {}
    for step in playbook.steps:
        near = [name for name in step.before if name in found]
        found[step.id] = set(near).union(*(found[name] for name in near))
    return found


def _never_ends(_: Settings, sheet: Sheet, step: Step) -> Iterator[Fault]:
    if isinstance(step.uses, Wait) and step.uses.lasts is None:
        message = "Menunggu tanpa batas bila syaratnya tak pernah benar."
        yield sheet.fault(step, ("with", "until"), message, "Tambahkan for, misalnya for: 6h.")


def _all_optional(_: Settings, sheet: Sheet, step: Step) -> Iterator[Fault]:
    if isinstance(step.uses, Checklist) and all(item.optional for item in step.uses.items):
        message = "Semua butir optional, jadi semuanya dianggap wajib."
        yield sheet.fault(step, ("with", "items"), message, "Hapus optional pada butir yang memang wajib.")


def _links(settings: Settings, sheet: Sheet, step: Step) -> Iterator[Fault]:
    """A link that the form takes and the letter would refuse, at the domain in the form."""
    if not isinstance(step.uses, Compose | Reply):
        return
    sources = {tuple(source.split(".")[1:]) for source in step.uses.slots.values()}
    for form in sheet.playbook.steps:
        for field in form.uses.fields if isinstance(form.uses, Ask | Request) else ():
            if field.kind is not AnswerKind.URL or (form.id, field.id) not in sources:
                continue
            for number, domain in enumerate(field.allow):
                if not _within(domain, settings.links.allow):
                    place = sheet.at(form, "with", "fields", field.id, "allow", number)
                    message = f"Tautan dari {domain} ditolak saat tayang."
                    yield fault_at(place, message, "Tambahkan di links.allow, atau hapus dari sini.")


def _within(domain: str, allowed: Sequence[str]) -> bool:
    return any(domain == one or domain.endswith(f".{one}") for one in allowed)


def _overdue(sheet: Sheet, today: date) -> Iterator[Fault]:
    due = sheet.playbook.review_due
    if due is not None and due < today:
        message = f"Tinjauan sudah lewat sejak {due:%d-%m-%Y}."
        yield fault_at(sheet.place("reviewed"), message, "Baca lagi playbook ini, lalu perbarui reviewed.")


def _worn_out(sheet: Sheet, templates: Mapping[str, Template], today: date) -> Iterator[Fault]:
    for step in sheet.playbook.steps:
        name = step.uses.template if isinstance(step.uses, Compose | Reply) else ""
        template = templates.get(name)
        if template is not None and template.valid_until < today:
            message = f"Templat {quote(name)} habis berlaku pada {template.valid_until:%d-%m-%Y}."
            hint = "Periksa isinya, naikkan version, perbarui valid_until, lalu setujui lewat /templat."
            yield sheet.fault(step, ("with", "template"), message, hint)


_RULES: Sequence[Callable[[Settings, Sheet, Step], Iterator[Fault]]] = (
    _approvers,
    _own_channel,
    _counted_as_right,
    _never_ends,
    _all_optional,
    _links,
)
