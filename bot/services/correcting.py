"""When the answer that many have was wrong: what has not left stays here, and everybody gets better words."""

from dataclasses import dataclass, replace

from bot.domain import case as rules
from bot.domain.amending import Begun, Reopened
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.errors import BadInput, WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard
from bot.domain.people import Action
from bot.domain.reply import Draft, DraftState
from bot.services import recalling, uncorrecting
from bot.services.case_deeds import found
from bot.services.gathering import Gathering
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.promises import Promises
from bot.services.repeating import Repeating
from bot.services.replies import Replies
from bot.services.tap import Tap


@dataclass(frozen=True, slots=True)
class Amended:
    """`opened`: how many cases wait for better words. `stopped`: whom the old ones did not reach any more.

    `left`: who still has the old ones and comes next.
    """

    opened: int = 0
    stopped: int = 0
    left: int = 0


class Correcting:
    """Each press takes up so many as one approval may list; the card says how many are left."""

    def __init__(
        self,
        store: Store,
        team: Team,
        gathering: Gathering,
        replies: Replies,
        promises: Promises,
        *,
        again: Repeating | None = None,
    ) -> None:
        """`again`: what gives answers by itself."""
        self._store = store
        self._team = team
        self._gathering = gathering
        self._replies = replies
        self._promises = promises
        self._again = again

    async def stop(self, tap: Tap) -> int:
        """✋ Hentikan: what has not left yet stays here, and who was to read it waits again; how many."""
        await self._team.require(tap.person, Action.DRAFT)
        async with self._store.transaction() as tx:
            lead = await found(tx, tap)
            if await tx.journal.has(tap.cause, "stop_sending"):
                return 0
            rules.same_version(lead, tap.seen)
            stopped = await recalling.recall(tx, lead, tap, {DraftState.APPROVED})
            if not stopped:
                raise BadInput("nothing_leaves")
            if self._again is not None:  # words that are wrong are not said once more either
                await self._again.end(tx, lead, tap)
            lead = await tx.cases.get(lead.id) or lead
            await tx.cases.save(replace(lead, version=lead.version + 1, updated_at=tap.at))
            await self._note(tx, tap, "stop_sending", {"cases": _numbers(stopped)})
            await tx.outbox.put(f"{tap.cause}:card:{lead.id}", CaseCard(lead.id), tap.at)
        return len(stopped)

    async def correct_all(self, tap: Tap) -> Amended:
        """✏️ Koreksi untuk semua: whoever has the answer waits for better words, and they are asked for."""
        await self._team.require(tap.person, Action.DRAFT)
        async with self._store.transaction() as tx:
            lead = await found(tx, tap)
            done = Amended()
            if not await tx.journal.has(tap.cause, "correct_all"):
                lead, done = await self._begin(tx, lead, tap)
        await self._replies.ask_words(Tap(tap.person, lead.id, lead.version, f"{tap.cause}:words", tap.at))
        return done

    async def _begin(self, tx: Parts, lead: Case, tap: Tap) -> tuple[Case, Amended]:
        if lead.status is not CaseStatus.ANSWERED:
            raise WrongState(lead.status, lead.assignee or "")
        opened = rules.reopen(lead, tap.seen, tap.at)
        stopped = await recalling.recall(tx, lead, tap, {DraftState.APPROVED, DraftState.WAITING})
        upto = await tx.answers.newest()
        again = await self._opened(tx, await tx.answers.given(lead.id, upto, self._gathering.most), tap)
        await tx.answers.amend(lead.id, upto, Begun(tap.at, (_before(lead, opened), *again)))
        await uncorrecting.watch(tx, lead.id, tap)
        opened = replace(opened, status=CaseStatus.ASSIGNED, assignee=tap.person.id)
        opened = await self._promises.again(tx, opened, tap.at)
        await tx.cases.save(opened)
        left = await tx.answers.count_given(lead.id, upto)
        detail: dict[str, object] = {
            "cases": _numbers([lead.id, *(one.case for one in again)]),
            "stopped": _numbers(stopped),
            "left": left,
        }
        await self._note(tx, tap, "correct_all", detail)
        return opened, Amended(len(again) + 1, len(stopped), left)

    async def correct_rest(self, tap: Tap) -> Draft | None:
        """✏️ Koreksi untuk sisanya: the correction that stands, for the next who still have the old words."""
        await self._team.require(tap.person, Action.DRAFT)
        async with self._store.transaction() as tx:
            lead = await found(tx, tap)
            if await tx.journal.has(tap.cause, "correct_rest"):
                return None
            rules.same_version(lead, tap.seen)
            upto = await tx.answers.amended(lead.id)
            words = await tx.answers.correction(lead.id, upto)
            numbers = await tx.answers.given(lead.id, upto, self._gathering.most)
            corrected = bool(upto or numbers)
            if words is None or not corrected or lead.status is not CaseStatus.ANSWERED:
                raise WrongState(lead.status)
            for number in numbers:
                await self._open_again(tx, number, tap)
            targets = await self._gathering.taken(tx, numbers, tap)
            if not targets:
                raise BadInput("nobody_waits")
            draft = await self._gathering.once_more(tx, words, targets, tap)
            await self._gathering.note(tx, tap, "correct_rest", draft)
            return await self._gathering.submit(tx, draft, tap)

    async def take_back(self, tap: Tap) -> int:
        """↩️ Batal buka: the correction was not meant."""
        return await uncorrecting.take_back(self._store, self._team, tap)

    async def _opened(self, tx: Parts, numbers: list[CaseId], tap: Tap) -> list[Reopened]:
        return [await self._open_again(tx, number, tap) for number in numbers]

    async def _open_again(self, tx: Parts, number: CaseId, tap: Tap) -> Reopened:
        """Behind their card nobody has them: whoever answers it takes them along. Promised anew."""
        before = await tx.cases.get(number)
        if before is None:
            raise LookupError(f"case {number} is gone")
        case = rules.reopen(before, before.version, tap.at)
        case = await self._promises.again(tx, replace(case, status=CaseStatus.NEW, assignee=None), tap.at)
        await tx.cases.save(case)
        return _before(before, case)

    async def _note(self, tx: Parts, tap: Tap, verb: str, detail: dict[str, object]) -> None:
        await tx.journal.write(Entry(tap.at, tap.person.id, verb, f"case:{tap.target}", tap.cause, detail))


def _before(case: Case, since: Case) -> Reopened:
    return Reopened(
        case.id, since.version, since.comments, case.answered_at or case.updated_at, case.assignee
    )


def _numbers(cases: list[CaseId]) -> list[int]:
    return [int(one) for one in cases]
