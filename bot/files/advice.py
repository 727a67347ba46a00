"""What a playbook lets happen and its agency may not want: said by `check`, never a reason not to start."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from bot.domain.people import Action, may
from bot.domain.playbook import Playbook, Step
from bot.domain.rota import Gap, gaps
from bot.domain.steps import CHANNELS, AnswerKind, Approve, Ask, Checklist, Compose, Publish, Request, Wait
from bot.domain.steps import Answer as Reply
from bot.domain.target import Target, TargetKind
from bot.domain.template import Template
from bot.files.alone import ATTENTION, behind, say_length
from bot.files.settings import Settings

_AHEAD = timedelta(days=14)


def say_advice(
    settings: Settings, playbooks: Sequence[Playbook], templates: Mapping[str, Template], today: date | None
) -> Iterator[str]:
    """Lines for people, playbook by playbook. Without a day of today nothing is said about what grows old."""
    for playbook in playbooks:
        yield from _of_steps(settings, playbook)
        if today is not None:
            for said in _grown_old(playbook, templates, today):
                yield f"{ATTENTION} playbook {playbook.id}: {said}"
        if playbook.drill is not None and playbook.drill.every and not playbook.drill.scenario:
            yield f"{ATTENTION} playbook {playbook.id}: latihannya belum punya skenario."
    if today is not None:
        yield from _empty_hours(settings, playbooks, today)


def _of_steps(settings: Settings, playbook: Playbook) -> Iterator[str]:
    for step in playbook.steps:
        for rule in _RULES:
            for said in rule(settings, playbook, step):
                yield f"{ATTENTION} playbook {playbook.id}, langkah {step.id}: {said}"


def _approvers(settings: Settings, _: Playbook, step: Step) -> Iterator[str]:
    """Enough people who may approve, and one more for whoever of them writes: no author counts."""
    if not isinstance(step.uses, Approve) or settings.approval.alone:
        return
    able = [
        person
        for person in behind(settings, step.to)
        if may(settings.persons[person].roles, Action.APPROVE, withdrawn=settings.withdrawn)
    ]
    wanted = step.uses.approvals
    if len(able) < wanted:
        yield f"perlu {wanted} persetujuan, yang berhak hanya {len(able)} orang; teks tidak akan tayang."
    elif len(able) == wanted:
        yield f"tepat {wanted} orang berhak menyetujui; bila salah satunya ikut menulis, teks tertahan."


def _own_channel(settings: Settings, _: Playbook, step: Step) -> Iterator[str]:
    if isinstance(step.uses, Publish) and CHANNELS[0] in step.uses.to and not settings.chats.public:
        yield f"{CHANNELS[0]} belum ada di chats.public; orang yang akan diminta menayangkannya."


def _never_ends(_: Settings, __: Playbook, step: Step) -> Iterator[str]:
    if isinstance(step.uses, Wait) and step.uses.lasts is None:
        yield "menunggu tanpa batas bila syaratnya tak pernah benar; tambahkan for."


def _all_optional(_: Settings, __: Playbook, step: Step) -> Iterator[str]:
    if isinstance(step.uses, Checklist) and all(item.optional for item in step.uses.items):
        yield "semua butir optional, jadi semuanya dianggap wajib."


def _links(settings: Settings, playbook: Playbook, step: Step) -> Iterator[str]:
    """A link that the form takes and the letter would refuse."""
    if not isinstance(step.uses, Compose | Reply):
        return
    sources = {tuple(source.split(".")[1:]) for source in step.uses.slots.values()}
    for form in playbook.steps:
        for field in form.uses.fields if isinstance(form.uses, Ask | Request) else ():
            if field.kind is AnswerKind.URL and (form.id, field.id) in sources:
                strange = [domain for domain in field.allow if not _within(domain, settings.links.allow)]
                if strange:
                    yield f"tautan dari {', '.join(strange)} ditolak saat tayang; tambahkan di links.allow."


def _within(domain: str, allowed: Sequence[str]) -> bool:
    return any(domain == one or domain.endswith(f".{one}") for one in allowed)


def _empty_hours(settings: Settings, playbooks: Iterable[Playbook], today: date) -> Iterator[str]:
    """Levels that have nobody for a while, each said once, however many playbooks call it. Roles, groups and
    units always have somebody; a rota may not.
    """
    start = datetime.combine(today, time(), settings.agency.zone.tz)
    for targets in dict.fromkeys(level.page for playbook in playbooks for level in playbook.ladder.levels):
        length = sum((one.end - one.start for one in _empty(settings, targets, start)), timedelta(0))
        if length:
            whom = ", ".join(map(str, targets))
            yield (
                f"{ATTENTION} tingkat {whom} kosong {say_length(length)} dalam 14 hari ini; "
                "selama itu tingkat berikutnya langsung dipanggil."
            )


def _empty(settings: Settings, targets: Iterable[Target], start: datetime) -> list[Gap]:
    """When nobody at all of them is on."""
    found = [Gap(start, start + _AHEAD)]
    for target in targets:
        rotation = settings.rotations.get(target.name) if target.kind is TargetKind.ONCALL else None
        free = () if rotation is None else gaps(rotation, start, start + _AHEAD)
        both = [Gap(max(a.start, b.start), min(a.end, b.end)) for a in found for b in free]
        found = [one for one in both if one.start < one.end]
    return found


def _grown_old(playbook: Playbook, templates: Mapping[str, Template], today: date) -> Iterator[str]:
    if playbook.review_every is not None and playbook.reviewed is not None:
        due = playbook.reviewed + playbook.review_every
        if due < today:
            yield f"tinjauan sudah lewat sejak {due:%d-%m-%Y}; tinjau, lalu perbarui reviewed."
    for step in playbook.steps:
        name = step.uses.template if isinstance(step.uses, Compose | Reply) else ""
        template = templates.get(name)
        if template is not None and template.valid_until < today:
            yield f"templat {name} habis berlaku pada {template.valid_until:%d-%m-%Y}."


_RULES: Sequence[Callable[[Settings, Playbook, Step], Iterator[str]]] = (
    _approvers,
    _own_channel,
    _never_ends,
    _all_optional,
    _links,
)
