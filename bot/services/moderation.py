"""🛡 Tertibkan: from a comment that breaks a house rule to a proposal that a second person reads.

`tap.target` is the measure (at first the case), `tap.seen` the version that its card showed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.domain import measure as rules
from bot.domain.case import CaseId, same_version
from bot.domain.comment import KeptComment
from bot.domain.errors import CannotModerate, NotFound
from bot.domain.house_rules import HouseRules, Mode
from bot.domain.measure import Measure, MeasureId
from bot.domain.moderation import Ground, Remedy, Rule
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.outgoing_moderation import MeasureAsk, MeasureCard
from bot.domain.people import Action, PersonId
from bot.domain.timer import Timer
from bot.services.measures import (
    as_read,
    bearing_of,
    can_be_moderated,
    found,
    hand,
    keep_evidence,
    noted,
    save,
)
from bot.services.people import Team
from bot.services.ports import Duty, Parts, Store
from bot.services.tap import Tap
from bot.services.templates import short_name

EXPIRE = "measure_expire"
LATER = frozenset({"unreachable"})
"""What Telegram could not be asked now, it will be asked before the deed."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What would be done: where, to whose message, by which remedy."""

    chat: int
    message: int
    author: str
    remedy: Remedy


Look = Callable[[Deed], Awaitable[str]]
"""Why Telegram would not let the bot do it now, as a word; "" if it would."""
CitizenWords = Callable[[Remedy, Rule, int, bool], str]
"""What citizens read of a remedy: of which rule, with which case, and whether it is criticism."""


async def nobody_looks(_deed: Deed) -> str:
    return "unreachable"


class Proposals:
    """One method per button of whoever proposes. Each raises a Refused and then has changed nothing."""

    def __init__(self, store: Store, team: Team, duty: Duty, house: HouseRules, words: CitizenWords) -> None:
        self._store = store
        self._team = team
        self._duty = duty
        self._house = house
        self._words = words
        self.look: Look = nobody_looks

    async def open(self, tap: Tap, *, move: bool = False) -> Measure:
        """From the card of a case; where a measure is under way already, its card. `move`: personal data."""
        await self._team.require(tap.person, Action.PROPOSE_REMOVAL)
        if self._house.mode_at(tap.at) is Mode.OFF:
            raise CannotModerate("off")
        async with self._store.transaction() as tx:
            case = await tx.cases.get(CaseId(tap.target))
            if case is None:
                raise NotFound("case", str(tap.target))
            last = await tx.measures.last(case.id)
            if last is not None and last.live:
                await tx.outbox.put(f"{tap.cause}:measure:{last.id}", MeasureCard(last.id), tap.at)
                return last
            same_version(case, tap.seen)
            kept = (await tx.comments.of_case(case.id))[-1]
            if case.sensitive or not can_be_moderated(kept.comment):
                raise CannotModerate("not_here")
            measure = rules.begin(case.id, kept.id, await bearing_of(tx, case, kept, self._house), hand(tap))
            measure = replace(measure, id=await tx.measures.add(measure))
            measure = await self._moved(tx, measure, tap) if move else measure
            await save(tx, measure, noted(measure, tap, "measure_open"))
        return measure

    async def _moved(self, tx: Parts, measure: Measure, tap: Tap) -> Measure:
        """Personal data: rule and remedy are chosen by the button itself."""
        rule = self._house.about(Ground.PERSONAL_DATA)
        if rule is None:
            raise CannotModerate("no_rule")
        own = replace(hand(tap), seen=measure.version)
        measure = rules.choose_rule(measure, rule, own)
        return await self._rung(tx, measure, replace(tap, seen=measure.version), Remedy.MOVE, 0)

    async def choose_rule(self, tap: Tap, short: str) -> Measure:
        """Which house rule. `short`: its short name, or "" for choosing anew."""
        await self._team.require(tap.person, Action.PROPOSE_REMOVAL)
        chosen = next((rule for rule in self._house.rules if short_name(rule.id) == short), None)
        if short and chosen is None:
            raise NotFound("rule", short)
        async with self._store.transaction() as tx:
            measure = await found(tx, tap)
            measure = rules.choose_rule(measure, chosen, hand(tap))
            await save(tx, measure, noted(measure, tap, "measure_rule"))
        return measure

    async def choose_remedy(self, tap: Tap, remedy: Remedy, days: int) -> Measure:
        """Which rung of the ladder, and what citizens would read of it."""
        await self._team.require(tap.person, Action.PROPOSE_REMOVAL)
        async with self._store.transaction() as tx:
            measure = await self._rung(tx, await found(tx, tap), tap, remedy, days)
            await save(tx, measure, noted(measure, tap, "measure_remedy"))
        return measure

    async def _rung(self, tx: Parts, measure: Measure, tap: Tap, remedy: Remedy, days: int) -> Measure:
        case, kept = await as_read(tx, measure)
        bearing = await bearing_of(tx, case, kept, self._house)
        words = ""
        if measure.rule is not None and remedy in {Remedy.WARN, Remedy.MOVE}:
            words = self._words(remedy, measure.rule, int(case.id), bearing.protected)
        return rules.choose_remedy(measure, remedy, days, words, bearing, hand(tap))

    async def propose(self, tap: Tap) -> Measure:
        """📤 Ajukan: the bot's own rights are looked at, the evidence is kept, the coordinators are asked."""
        await self._team.require(tap.person, Action.PROPOSE_REMOVAL)
        doubt = await self._look_first(tap)
        async with self._store.transaction() as tx:
            measure = await found(tx, tap)
            if await tx.journal.has(tap.cause, "measure_propose"):
                return measure
            case, kept = await as_read(tx, measure)
            bearing = await bearing_of(tx, case, kept, self._house)
            measure = rules.propose(measure, bearing, self._house.lasts, hand(tap))
            measure = replace(measure, error=doubt)
            shas = await keep_evidence(tx, measure, case, kept, self._house)
            await self._ask(tx, measure, tap)
            await save(tx, measure, noted(measure, tap, "measure_propose", sha256=shas, doubt=doubt))
        return measure

    async def _look_first(self, tap: Tap) -> str:
        """What would stand in the way. Outside the dry weeks that ends it here. Raises CannotModerate."""
        read = self._store.read
        measure = await read.measures.get(MeasureId(tap.target))
        kept = await read.comments.get(measure.comment) if measure is not None else None
        if measure is None or kept is None or measure.remedy in {None, Remedy.HIDE}:
            return ""
        doubt = await self.look(await deed_of(read, measure, kept))
        if doubt and doubt not in LATER and self._house.mode_at(tap.at) is Mode.ON:
            raise CannotModerate(doubt)
        return doubt

    async def _ask(self, tx: Parts, measure: Measure, tap: Tap) -> None:
        """Coordinators who can be reached, never whoever proposes; where there is none, the team is told."""
        people = [one for one in await self._duty.find("role:koordinator", tap.at) if one != tap.person.id]
        open_lines = {
            link.person for link in await tx.people.links() if link.reachable and not link.suspended
        }
        asked: list[PersonId] = [one for one in people if one in open_lines]
        for person in asked:
            ask = MeasureAsk(measure.id, person)
            await tx.outbox.put(f"measure:{measure.id}:{measure.version}:ask:{person}", ask, tap.at)
        if not asked:
            nobody = Notice(TRIAGE, "measure_nobody", {"measure": measure.id})
            await tx.outbox.put(f"{tap.cause}:nobody", nobody, tap.at)
        due = measure.expires_at or tap.at
        await tx.timers.set(Timer(f"measure:{measure.id}", EXPIRE, due, epoch=measure.version))

    async def withdraw(self, tap: Tap) -> Measure:
        """Whoever proposed it takes it back, also somebody whose shift has ended."""
        async with self._store.transaction() as tx:
            measure = await found(tx, tap)
            if await tx.journal.has(tap.cause, "measure_withdraw"):
                return measure
            measure = rules.withdraw(measure, hand(tap))
            await tx.timers.cancel(f"measure:{measure.id}", EXPIRE)
            await save(tx, measure, noted(measure, tap, "measure_withdraw"))
        return measure


async def deed_of(read: Parts, measure: Measure, kept: KeptComment) -> Deed:
    """Where it would be done; groups that grew are found under their new number."""
    origin = kept.comment.origin
    chat = int(origin.thread.partition("/")[0])
    chat = (await read.people.aliases()).get(chat, chat)
    return Deed(chat, int(origin.message), kept.comment.author.key, measure.remedy or Remedy.HIDE)
