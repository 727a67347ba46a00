"""A measure against a comment: one person proposes it, a second confirms it, then it is done, perhaps undone.

    choosing -> proposed -> confirmed -> done -> undoing -> undone
    beside them: withdrawn, refused, expired, failed, unsure (a warning that may or may not stand there)

Every function takes the measure as it is and returns it as it will be, or raises a `Refused`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.errors import CannotModerate, Outdated, WrongState
from bot.domain.moderation import DAYS, REVERSIBLE, Bearing, Ground, Remedy, Rule, open_to
from bot.domain.people import PersonId

MeasureId = NewType("MeasureId", int)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who presses, seeing which version, when."""

    person: PersonId
    seen: int
    at: datetime


class State(StrEnum):
    CHOOSING = "choosing"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DONE = "done"
    UNSURE = "unsure"
    FAILED = "failed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    UNDOING = "undoing"
    UNDONE = "undone"


LIVE = frozenset({State.CHOOSING, State.PROPOSED, State.CONFIRMED, State.UNSURE})
"""Something is still to be decided or done: a second measure on the same case waits."""
DECIDED = frozenset({State.CONFIRMED, State.DONE, State.UNSURE, State.FAILED, State.UNDOING, State.UNDONE})
"""A second person stood behind it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """`comment`: the revision that it is about. `dry`: confirmed while nothing is sent to Telegram."""

    id: MeasureId
    case: CaseId
    comment: CommentId
    version: int
    state: State
    proposed_by: PersonId
    opened_at: datetime
    updated_at: datetime
    protected: bool = False
    rule: Rule | None = None
    remedy: Remedy | None = None
    days: int = 0
    words: str = ""
    """What citizens will read: the warning or the invitation."""
    dry: bool = False
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    until: datetime | None = None
    undone_by: PersonId | None = None
    expires_at: datetime | None = None
    message: int = 0
    """The bot's own message in public, once it stands there."""
    outgoing: int = 0
    """The row of the outbox whose fate nobody knows yet."""
    error: str = ""

    @property
    def live(self) -> bool:
        return self.state in LIVE


def begin(case: CaseId, comment: CommentId, bearing: Bearing, hand: Hand) -> Measure:
    """🛡 Nothing is chosen yet. Its id comes from the store. Raises CannotModerate."""
    if bearing.untouchable:
        raise CannotModerate(bearing.untouchable)
    at = hand.at
    return Measure(
        MeasureId(0), case, comment, 1, State.CHOOSING, hand.person, at, at, protected=bearing.protected
    )


def choose_rule(measure: Measure, rule: Rule | None, hand: Hand) -> Measure:
    """Which house rule was broken; None to choose anew. What was chosen of the ladder is chosen again."""
    _of_its_author(measure, hand)
    return _changed(measure, hand.at, rule=rule, remedy=None, days=0, words="")


def choose_remedy(
    measure: Measure, remedy: Remedy, days: int, words: str, bearing: Bearing, hand: Hand
) -> Measure:
    """Which rung. `words`: what citizens will read of it, or "". Raises CannotModerate."""
    _of_its_author(measure, hand)
    if (days in DAYS) is not (remedy is Remedy.RESTRICT):
        raise CannotModerate("days")
    chosen = _weighed(measure, bearing, hand.at, remedy=remedy, days=days, words=words)
    _must_be_open(chosen, bearing)
    return chosen


def propose(measure: Measure, bearing: Bearing, lasts: timedelta, hand: Hand) -> Measure:
    """📤 Ajukan: from here on it is a second person's to decide, until `lasts` is over."""
    _of_its_author(measure, hand)
    _must_be_open(measure, bearing)
    return _weighed(measure, bearing, hand.at, state=State.PROPOSED, expires_at=hand.at + lasts)


def confirm(measure: Measure, bearing: Bearing, hand: Hand, *, dry: bool) -> Measure:
    """✅ The second person. What became protected since then is protected now. Raises CannotModerate."""
    _a_second_person(measure, hand)
    _must_be_open(measure, bearing)
    inside = measure.remedy is Remedy.HIDE
    return _weighed(
        measure,
        bearing,
        hand.at,
        state=State.DONE if dry or inside else State.CONFIRMED,
        dry=dry and not inside,
        decided_by=hand.person,
        decided_at=hand.at,
        until=hand.at + timedelta(days=measure.days) if measure.days else None,
    )


def refuse(measure: Measure, hand: Hand) -> Measure:
    """⛔ The second person says no."""
    _a_second_person(measure, hand)
    return _changed(measure, hand.at, state=State.REFUSED, decided_by=hand.person, decided_at=hand.at)


def withdraw(measure: Measure, hand: Hand) -> Measure:
    """Whoever proposed it thinks again."""
    _in(measure, State.CHOOSING, State.PROPOSED)
    if hand.person != measure.proposed_by:
        raise CannotModerate("not_yours")
    _current(measure, hand)
    return _changed(measure, hand.at, state=State.WITHDRAWN)


def expire(measure: Measure, now: datetime) -> Measure:
    """Nobody decided in time: silence never means yes."""
    _in(measure, State.PROPOSED)
    return _changed(measure, now, state=State.EXPIRED)


def obstacle(measure: Measure, bearing: Bearing, newest: CommentId) -> str:
    """Why a confirmed measure is not carried out after all, or "": the last look, just before it leaves."""
    if measure.state is not State.CONFIRMED:
        return "state"
    if newest != measure.comment:
        return "edited"
    try:
        _must_be_open(measure, bearing)
    except CannotModerate as refused:
        return refused.why
    return ""


def done(measure: Measure, now: datetime, message: int = 0, error: str = "") -> Measure:
    """It stands. `error`: what did not go as it should beside it."""
    _in(measure, State.CONFIRMED, State.UNSURE)
    return _changed(measure, now, state=State.DONE, message=message or measure.message, error=error)


def spoken(measure: Measure, message: int, now: datetime) -> Measure:
    """The invitation stands; the deletion is still to come."""
    _in(measure, State.CONFIRMED)
    return _changed(measure, now, message=message)


def failed(measure: Measure, error: str, now: datetime) -> Measure:
    """The platform said no, or a last look did."""
    _in(measure, State.CONFIRMED, State.UNSURE)
    return _changed(measure, now, state=State.FAILED, error=error)


def unsure(measure: Measure, outgoing: int, now: datetime) -> Measure:
    """A warning that may or may not stand there: a person looks."""
    _in(measure, State.CONFIRMED)
    return _changed(measure, now, state=State.UNSURE, outgoing=outgoing)


def again(measure: Measure, hand: Hand) -> Measure:
    """🔁 A person has looked: it is not there."""
    _in(measure, State.UNSURE)
    _current(measure, hand)
    return _changed(measure, hand.at, state=State.CONFIRMED)


def stands(measure: Measure, hand: Hand) -> Measure:
    """☑️ A person has looked: it is there."""
    _in(measure, State.UNSURE)
    _current(measure, hand)
    return done(measure, hand.at)


def undo(measure: Measure, hand: Hand) -> Measure:
    """↩️ What can be taken back is taken back; this gives something back, so one person is enough."""
    _in(measure, State.DONE)
    if not can_undo(measure):
        raise CannotModerate("for_good")
    _current(measure, hand)
    at_once = measure.remedy is Remedy.HIDE
    state = State.UNDONE if at_once else State.UNDOING
    return _changed(measure, hand.at, state=state, undone_by=hand.person, error="")


def waits_in_crisis(measure: Measure) -> bool:
    """Whether /siaga holds what was decided. Not what takes a citizen's personal data out of public sight."""
    covers = measure.remedy in {Remedy.MOVE, Remedy.DELETE}
    data = measure.rule is not None and measure.rule.ground is Ground.PERSONAL_DATA
    return measure.state is State.CONFIRMED and not (covers and data)


def can_undo(measure: Measure) -> bool:
    """Whether there is something that can be taken back."""
    if measure.state is not State.DONE or measure.dry or measure.remedy not in REVERSIBLE:
        return False
    return measure.remedy is not Remedy.WARN or bool(measure.message)


def undone(measure: Measure, now: datetime) -> Measure:
    _in(measure, State.UNDOING)
    return _changed(measure, now, state=State.UNDONE)


def not_undone(measure: Measure, error: str, now: datetime) -> Measure:
    """The platform refused to take it back: it still holds."""
    _in(measure, State.UNDOING)
    return _changed(measure, now, state=State.DONE, undone_by=None, error=error)


def _must_be_open(measure: Measure, bearing: Bearing) -> None:
    """Raises CannotModerate where the rung is out of reach."""
    if bearing.untouchable:
        raise CannotModerate(bearing.untouchable)
    if measure.rule is None or measure.remedy is None:
        raise CannotModerate("incomplete")
    protected = replace(bearing, protected=bearing.protected or measure.protected)
    if measure.remedy not in open_to(measure.rule.ground, protected):
        raise CannotModerate("protected" if protected.protected else "out_of_reach")


def _a_second_person(measure: Measure, hand: Hand) -> None:
    _in(measure, State.PROPOSED)
    if hand.person == measure.proposed_by:
        raise CannotModerate("own")
    _current(measure, hand)


def _of_its_author(measure: Measure, hand: Hand) -> None:
    _in(measure, State.CHOOSING)
    if hand.person != measure.proposed_by:
        raise CannotModerate("not_yours")
    _current(measure, hand)


def _current(measure: Measure, hand: Hand) -> None:
    if measure.version != hand.seen:
        raise Outdated(f"measure_{measure.state}", measure.decided_by or "")


def _in(measure: Measure, *states: State) -> None:
    if measure.state not in states:
        raise WrongState(f"measure_{measure.state}", measure.decided_by or "")


def _weighed(measure: Measure, bearing: Bearing, now: datetime, **to: object) -> Measure:
    """Once protected, protected: taking a label away frees nothing."""
    return _changed(measure, now, protected=measure.protected or bearing.protected, **to)


def _changed(measure: Measure, now: datetime, **to: object) -> Measure:
    settled: dict[str, object] = {"version": measure.version + 1, "updated_at": now}
    return replace(measure, **{**settled, **to})  # type: ignore[arg-type]  # names are checked by every caller's tests
