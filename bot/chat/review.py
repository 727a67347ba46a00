"""The card of a review: what is asked, what is answered, and two buttons."""

from bot.chat import actions as do
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Tone, rows
from bot.chat.render import Piece, b, i, lines, named, paragraphs, render
from bot.chat.steps import title
from bot.chat.words import buttons as on
from bot.chat.words import review as say
from bot.domain.incident import Phase
from bot.services.views_crisis import ReviewView


def draw_review(view: ReviewView) -> Drawn:
    """For one person; the answers themselves stand in the report."""
    state = view.state
    if state.phase is not Phase.RESOLVED:
        over = say.thanks(state.incident.id) if state.phase is Phase.REVIEWED else say.REOPENED
        return Drawn(render(paragraphs(lines(b(f"🪞 {say.TITLE}"), title(state)), lines(over))), protect=True)
    at = (state.incident.id, state.epoch)
    waive = Button(on.WAIVE_REVIEW, do.WaiveReview(*at)) if view.may_waive else None
    buttons = rows(Button(on.ANSWER_REVIEW, do.AnswerReview(*at), tone=Tone.GO), waive)
    blocks = (
        lines(b(f"🪞 {say.TITLE}"), title(state)),
        lines(say.WHY),
        lines(*(_question(view, key, number) for number, key in enumerate(view.questions, start=1))),
        lines(i(say.CAREFUL if state.playbook.sensitive else say.HOW)),
    )
    return Drawn(render(paragraphs(*blocks)), buttons if view.questions else NO_KEYBOARD, protect=True)


def _question(view: ReviewView, key: str, number: int) -> tuple[Piece, ...]:
    who = view.answered.get(key)
    done = f" ✅ {named(view.names.get(who, who))}" if who is not None else ""
    return (f"{number}. {say.question(key)}{done}",)
