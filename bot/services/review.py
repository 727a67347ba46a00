"""Looking back: one question after the other, in the reviewer's own chat, kept as it is answered.

The last answer ends the review; where that end is lost in a crash, the same answer, delivered again,
brings it.
"""

from bot.domain import review
from bot.domain.errors import BadInput, NotAllowed, RunRefused
from bot.domain.incident import RunId
from bot.domain.journal import Entry
from bot.domain.outgoing import Prompt, redraws, to_person
from bot.domain.outgoing_steps import ReviewCard
from bot.domain.people import Action
from bot.domain.run_effects import Why
from bot.domain.run_events import Reviewed
from bot.domain.run_types import RunState
from bot.services import review_asking
from bot.services.incidents import Incidents
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.report_rows import Answer
from bot.services.tap import Tap

_ANSWERED = "review_answer"


class Review:
    """`tap.target` is the run, `tap.seen` its epoch: a run that was opened again has another."""

    def __init__(self, store: Store, incidents: Incidents, team: Team) -> None:
        self._store = store
        self._incidents = incidents
        self._team = team

    async def ask_next(self, tap: Tap) -> None:
        """✏️ Jawab: the first question that waits. Raises NotAllowed, RunRefused."""
        async with self._store.transaction() as tx:
            state = await self._open(tx, tap)
            await self._prompt(tx, state, tap)

    async def answer(self, tap: Tap, number: int, text: str) -> None:
        """Keeps it and asks the next one; after the last the review is done. Raises BadInput as well."""
        if len(text) > review.LONGEST:
            raise BadInput(f"too_long:{review.LONGEST}")
        async with self._store.transaction() as tx:
            state = await self._open(tx, tap)
            keys = review.questions(state.playbook)
            if not 0 <= number < len(keys):
                raise BadInput("button")
            if not await tx.journal.has(tap.cause, _ANSWERED):
                await self._keep(tx, state, tap, keys[number], text)
            left = await self._left(tx, state)
        if not left:
            await self._done(tap, Action.ANSWER_QUESTION, "")

    async def ask_reason(self, tap: Tap) -> None:
        """ "Tidak perlu": a coordinator says why. Raises NotAllowed, RunRefused."""
        await self._team.require(tap.person, Action.CLOSE_INCIDENT)
        async with self._store.transaction() as tx:
            await self._current(tx, tap)
            await tx.outbox.put(f"{tap.cause}:waive", _question(tap, "review_waive", "review_waive"), tap.at)

    async def waive(self, tap: Tap, reason: str) -> None:
        """The review ends with a reason in place of answers. Raises NotAllowed, RunRefused."""
        await self._team.require(tap.person, Action.CLOSE_INCIDENT)
        async with self._store.transaction() as tx:
            await self._current(tx, tap)
        await self._done(tap, Action.CLOSE_INCIDENT, reason)

    async def _keep(self, tx: Parts, state: RunState, tap: Tap, key: str, text: str) -> None:
        await tx.reports.keep_answer(state.incident.id, Answer(key, tap.person.id, text, tap.at))
        detail: dict[str, object] = {"question": key, "length": len(text)}
        subject = f"run:{state.incident.id}"
        await tx.journal.write(Entry(tap.at, tap.person.id, _ANSWERED, subject, tap.cause, detail))
        await review_asking.redraw(tx, state, tap.cause, tap.at)
        if await self._left(tx, state):
            await self._prompt(tx, state, tap)

    async def _done(self, tap: Tap, action: Action, reason: str) -> None:
        person = tap.person.id
        await self._incidents.deed(
            tap, action, lambda roster, _: Reviewed(roster, person, reason), called=lambda _: True
        )
        async with self._store.transaction() as tx:
            state = await self._incidents.state(RunId(tap.target))
            await review_asking.redraw(tx, state, f"{tap.cause}:done", tap.at)

    async def _open(self, tx: Parts, tap: Tap) -> RunState:
        """The run, while this person is asked about it."""
        card = redraws(ReviewCard(tap.target, tap.person.id))
        asked = await tx.outbox.card(card) is not None
        state = await self._incidents.state(RunId(tap.target))
        paged = asked or state.was_called(tap.person.id)
        await self._team.require(tap.person, Action.ANSWER_QUESTION, paged=paged)
        if not asked and not await self._team.allows(tap.person.id, Action.CLOSE_INCIDENT):
            raise NotAllowed(Action.ANSWER_QUESTION)
        return await self._current(tx, tap)

    async def _current(self, tx: Parts, tap: Tap) -> RunState:
        state = await self._incidents.state(RunId(tap.target))
        if state.epoch != tap.seen or not await self._left(tx, state):
            last = state.last
            by, what = (last.by or "", last.what) if last is not None else ("", "")
            raise RunRefused(Why.STALE, by, what, last.at if last is not None else None)
        return state

    async def _left(self, tx: Parts, state: RunState) -> tuple[str, ...]:
        answered = {one.question for one in await tx.reports.answers(state.incident.id)}
        return review.waiting(state, answered)

    async def _prompt(self, tx: Parts, state: RunState, tap: Tap) -> None:
        keys = review.questions(state.playbook)
        number = keys.index((await self._left(tx, state))[0])
        params: dict[str, object] = {
            "run": tap.target,
            "question": keys[number],
            "number": number + 1,
            "of": len(keys),
            "sensitive": state.playbook.sensitive,
            "drill": state.incident.drill,
        }
        asked = _question(tap, "review_question", f"review:{tap.target}:{tap.seen}:{number}", params)
        await tx.outbox.put(f"{tap.cause}:review:{number}", asked, tap.at)


def _question(tap: Tap, what: str, purpose: str, params: dict[str, object] | None = None) -> Prompt:
    full = purpose if ":" in purpose else f"{purpose}:{tap.target}:{tap.seen}"
    person = tap.person.id
    return Prompt(to_person(person), what, person, full, params or {"run": tap.target})
