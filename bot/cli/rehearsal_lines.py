"""One moment of a rehearsal in a sentence or two."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.chat.words import rehearsal as words
from bot.chat.words.story import Teller, refused, story, target
from bot.domain.errors import RunRefused
from bot.domain.playbook import Playbook
from bot.domain.rehearsal import TimelineLine, WordsOut
from bot.domain.rehearsal_acts import Act, Deed
from bot.domain.run_effects import (
    Announce,
    AskLease,
    NotifyTarget,
    PageExhausted,
    PagePerson,
    ProposeResolve,
    Refusal,
    TimelineEntry,
)
from bot.domain.run_types import What
from bot.domain.scenario import Inject, StagedComment
from bot.domain.step_run import CHOICE

_SEEN_OTHERWISE = {What.PAGED, What.STEP_DONE, What.LEASE_ASKED, What.STILL_HANDLING}
"""The people who are called or asked stand line by line; the end of a step shows in what follows it."""
_TOLD = 2
"""How often the same is told before the rest of it is only counted."""


def told(line: TimelineLine, playbook: Playbook, teller: Teller) -> Iterator[str]:
    """What a reader sees of it; nothing for what only the machine needs."""
    match line.what:
        case Announce(kind, params) | TimelineEntry(kind, params):
            if kind not in _SEEN_OTHERWISE:
                yield story(kind, dict(params), teller)
        case Refusal() as no:
            yield words.refused(_why(no, teller))
        case Act() as act:
            reason = act.reason if playbook.step(act.step) is None else ""
            yield words.acts(act.deed, _who(act, teller), _about(act, playbook), reason)
        case StagedComment() | Inject() | WordsOut() as staged:
            yield _staged(staged)
        case _:
            yield from _calls(line, teller)


def folded(said: Sequence[tuple[timedelta, str]]) -> Iterator[str]:
    """Line by line with their times. What comes back every half hour is told twice, and then how often."""
    total, last = Counter(text for _, text in said), {text: after for after, text in said}
    seen: Counter[str] = Counter()
    for after, text in said:
        seen[text] += 1
        more = total[text] - _TOLD
        if more > _TOLD and seen[text] > _TOLD + 1:
            continue
        shown = words.under_its_time(text)
        if more > _TOLD and seen[text] == _TOLD + 1:
            shown = words.often(shown, more, words.clock(last[text]).strip())
        yield f"{words.clock(after)}  {shown}"


def _staged(what: StagedComment | Inject | WordsOut) -> str:
    match what:
        case StagedComment(author=author, text=text):
            return words.citizen(author, text)
        case Inject(to=to, text=text):
            return words.inject(target(to), text)
        case WordsOut(text=text, channel=channel, comments=count):
            return words.on_channel(channel, text) if channel else words.under_comments(count, text)


def _calls(line: TimelineLine, teller: Teller) -> Iterator[str]:
    match line.what:
        case NotifyTarget(people=people, text=text):
            yield f"Pesan kepada {', '.join(teller.name(person) for person in people)}: {text}"
        case PagePerson(person=person, level=level):
            yield words.page(teller.name(person), level)
        case PageExhausted(person=person):
            yield words.last_resort(teller.name(person))
        case AskLease(person=person):
            yield words.lease(teller.name(person))
        case ProposeResolve(people=people):
            yield words.propose(", ".join(teller.name(person) for person in people))
        case _:
            return


def _who(act: Act, teller: Teller) -> str:
    if act.person is not None:
        return teller.name(act.person)
    who = target(act.by) if act.by is not None else "penanggung jawab"
    return who[:1].upper() + who[1:]


def _about(act: Act, playbook: Playbook) -> str:
    step = playbook.step(act.step)
    if step is None:
        return ""
    if act.deed is Deed.ANSWER:
        lines = (value if name == CHOICE else f"{name}: {value}" for name, value in act.answers)
        said = "; ".join(lines)
        return f"“{step.name}” ({said})" if said else f"“{step.name}”"
    more = act.item or act.channel
    return f"“{step.name}”{f' ({more})' if more else ''}"


def _why(no: Refusal, teller: Teller) -> str:
    return refused(RunRefused(no.why, no.by or "", no.what or "", no.at), teller.people, teller.zone)
