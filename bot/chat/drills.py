"""What an exercise looks like: the list to start from, and what its scenario puts before the team."""

from collections.abc import Mapping, Sequence

from bot.chat import actions as do
from bot.chat.drawn import Button, Drawn, Tone, rows
from bot.chat.render import b, lines, named, paragraphs, quote, render, untappable
from bot.chat.words import buttons as on
from bot.chat.words import drills as say
from bot.chat.words import times
from bot.domain.drill import Practice
from bot.domain.incident import RunId
from bot.domain.outgoing_steps import DrillScene
from bot.services.tap import Tap
from bot.services.templates import short_name

_TITLE = 100


def draw_drills(found: Sequence[Practice], in_earnest: Sequence[RunId], tap: Tap) -> Drawn:
    """/latihan: what can be practised, when that was last done, and a button for each."""
    if not found:
        return Drawn(render([say.LIST_EMPTY]))
    blocks = [
        lines(b(named(f"{number}. {one.scenario.title}", _TITLE)), _about(one, tap))
        for number, one in enumerate(found, start=1)
    ]
    start = [
        Button(
            f"{on.START_DRILL} {number}",
            do.StartDrill(do.Short(short_name(one.scenario.id))),
            tone=Tone.CAREFUL,
        )
        for number, one in enumerate(found, start=1)
    ]
    head = lines(b(f"🎓 {say.LIST}"), say.LIST_HOW)
    warning = lines(say.in_earnest(in_earnest)) if in_earnest else ()
    return Drawn(render(paragraphs(head, warning, *blocks)), rows(*start))


def _about(one: Practice, tap: Tap) -> str:
    last = times.date(one.last, tap.person.zone) if one.last is not None else ""
    return untappable(say.practice(one.playbook, last, one.every, overdue=one.is_overdue(tap.at)))


def draw_scene(what: DrillScene, names: Mapping[str, str]) -> Drawn:
    """Marked above all else; somebody's words stand as a quotation in which nothing can be tapped."""
    note = what.params.get("note")
    said = untappable(say.scene(what.what, what.params, names))
    words = quote(untappable(str(note))) if note else None
    return Drawn(render(lines(b(say.head(what.run)), said, words)))
