"""What the card of a measure shows, read when it is drawn; and what the card of its case has to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case import Case
from bot.domain.comment import KeptComment, Platform
from bot.domain.guard import find_personal_data, mask
from bot.domain.house_rules import HouseRules, Mode
from bot.domain.measure import Measure, MeasureId, State, waits_in_crisis
from bot.domain.moderation import Remedy, Rule, open_to
from bot.services.measures import bearing_of, can_be_moderated, comment_of, masked
from bot.services.moderation_rows import Exhibit
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.templates import short_name
from bot.services.watched import UNWATCHED, Watched


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with all that its card shows. `text`: the comment, with personal data covered.

    `rules`: what may be chosen, each with its short name; `remedies`: the rungs that the chosen one reaches.
    """

    measure: Measure
    kept: KeptComment
    text: str
    protected: bool
    edited: bool
    exhibits: tuple[Exhibit, ...]
    rules: tuple[tuple[str, Rule], ...]
    remedies: frozenset[Remedy]
    mode: Mode
    waiting_for: tuple[str, ...]
    names: Mapping[str, str]
    now: datetime
    held: str = ""
    """Why what was decided is not done yet: locked, siaga."""


class ModerationDesk:
    """Reads; changes nothing."""

    def __init__(self, store: Store, team: Team, house: HouseRules, clock: Clock) -> None:
        self._store = store
        self._team = team
        self._house = house
        self._clock = clock

    async def measure(self, number: MeasureId) -> MeasureView | None:
        read = self._store.read
        measure = await read.measures.get(number)
        if measure is None:
            return None
        case, kept, newest = await comment_of(read, measure)
        bearing = await bearing_of(read, case, newest, self._house)
        protected = bearing.protected or measure.protected
        now = self._clock.now()
        asked = await read.outbox.cards_of(f"measure:{measure.id}:")
        rule = measure.rule
        return MeasureView(
            measure,
            kept,
            masked(kept.comment.text, self._house),
            protected,
            newest.id != kept.id,
            tuple(await read.measures.evidence(measure.id)),
            tuple((short_name(one.id), one) for one in self._house.rules),
            open_to(rule.ground, bearing) if rule is not None else frozenset(),
            self._house.mode_at(now),
            tuple(subject.rsplit(":", 1)[1] for subject in asked),
            self._team.names,
            now,
            await self._held(measure),
        )

    async def _held(self, measure: Measure) -> str:
        read = self._store.read
        if measure.state in {State.CONFIRMED, State.UNDOING} and await read.people.public_lock() is not None:
            return "locked"
        return "siaga" if waits_in_crisis(measure) and await read.board.crisis_mode() is not None else ""

    def watch(self, case: Case, comments: Sequence[KeptComment], measure: Measure | None) -> Watched:
        """For the card of a case. `measure`: the last one against it."""
        latest = comments[-1]
        if case.sensitive or latest.comment.origin.platform is Platform.TELEGRAM_DM:
            return UNWATCHED  # what somebody told us in private is what we asked for
        found = {one.id: find_personal_data(one.comment.text, self._house.allow) for one in comments}
        covered = {one.id: mask(one.comment.text, found[one.id]) for one in comments}
        if not can_be_moderated(latest.comment):
            return Watched(masked=covered)
        now = self._clock.now()
        return Watched(
            offered=self._house.mode_at(now) is not Mode.OFF,
            measure=measure,
            data=tuple(dict.fromkeys(one.kind for one in found[latest.id])),
            masked=covered,
        )
