"""The register of claims: what people do to a claim from the first sighting to the end.

`tap.target` is the claim, `tap.seen` the version that its card showed.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.domain import claim as rules
from bot.domain.case import Case, CaseId
from bot.domain.claim import Claim, ClaimId, ClaimType, Finding, How
from bot.domain.claim_words import read_finding
from bot.domain.comment import KeptComment
from bot.domain.errors import BadInput, CannotJoin, NotFound
from bot.domain.form import NOTHING
from bot.domain.guard import find_personal_data, mask
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, CaseCard, Notice, Prompt, to_person
from bot.domain.outgoing_claims import ClaimCard, RedrawClaim, place_of
from bot.domain.people import Action
from bot.domain.stance import stance_of
from bot.domain.template import link_is_allowed
from bot.services.claim_rows import Linked
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.tap import Tap
from bot.services.templates import Templates

QUESTIONS = frozenset({"finding", "link", "words"})
"""What may be asked for by a reply."""


class Claims:
    """One method per deed. Each raises a Refused and then has changed nothing."""

    def __init__(
        self,
        store: Store,
        team: Team,
        templates: Templates,
        links: Sequence[str],
        learn: Callable[[ClaimId], Awaitable[None]],
        gather: Callable[[ClaimId, str, datetime], Awaitable[None]],
    ) -> None:
        """`links`: domains that a source may stand on. `learn`: told of a claim once its words are kept."""
        self._store = store
        self._team = team
        self._templates = templates
        self._links = tuple(links)
        self._learn = learn
        self._gather = gather

    async def report(self, tap: Tap, statement: str, case: CaseId | None, to: str) -> Claim | None:
        """/klaim: a new one, in somebody's words or in those of the case that it was seen in.

        A second time for the same comment it is the claim that the comment has already. `to`: where its card
        is wanted. None where the same command was heard before.
        """
        await self._team.require(tap.person, Action.EDIT_CLAIM)
        async with self._store.transaction() as tx:
            if await tx.journal.has(tap.cause, "claim_report"):
                return None
            kept = await told_in(tx, case) if case is not None else None
            known = await tx.claim_links.of(kept.id) if kept is not None else None
            claim = await tx.claims.get(known.claim) if known is not None else None
            if claim is None:
                claim = await self._open(tx, tap, statement, kept)
            await tx.outbox.put(f"{tap.cause}:claim", ClaimCard(claim.id, to), tap.at)
        await self._gather(claim.id, tap.cause, tap.at)
        return claim

    async def _open(self, tx: Parts, tap: Tap, statement: str, kept: KeptComment | None) -> Claim:
        said = statement or (kept.comment.text if kept is not None else "")
        said = mask(said, find_personal_data(said))
        if not statement:
            said = said[: rules.LONGEST_STATEMENT]
        seen = kept.comment.written_at if kept is not None else tap.at
        claim = rules.report(said, tap.person.id, seen, tap.at)
        number = await tx.claims.add(claim)
        entry = Entry(tap.at, tap.person.id, "claim_report", f"claim:{number}", tap.cause)
        await tx.journal.write(entry)
        if kept is not None:
            await link(tx, number, kept, tap, 1.0)
        found = await tx.claims.get(number)
        if found is None:
            raise LookupError(f"claim {number} is gone")
        return found

    async def show(self, tap: Tap, to: str) -> None:
        """/klaim KL-3: its card, here."""
        await self._team.require(tap.person, Action.SEE)
        async with self._store.transaction() as tx:
            await found(tx, tap)
            await tx.outbox.put(f"{tap.cause}:claim", ClaimCard(ClaimId(tap.target), to), tap.at)

    async def check(self, tap: Tap) -> Claim:
        """🔎 Periksa."""
        return await self._change(tap, "claim_check", lambda claim: rules.check(claim, tap.seen, tap.at))

    async def sort(self, tap: Tap, kind: ClaimType) -> Claim:
        """One of the seven types."""
        return await self._change(
            tap, "claim_sort", lambda claim: rules.sort(claim, kind, tap.seen, tap.at), {"type": kind}
        )

    async def ask(self, tap: Tap, what: str, more: str = "") -> None:
        """Asks for the finding's words and sources, for the link of the correction, or for better words, in
        the presser's own chat. `more`: the finding that was chosen.
        """
        await self._team.require(tap.person, Action.EDIT_CLAIM)
        async with self._store.transaction() as tx:
            claim = await found(tx, tap)
            rules.same_version(claim, tap.seen)
            params: dict[str, object] = {
                "claim": claim.id,
                "finding": more,
                "allow": ", ".join(self._links),
                "text": claim.statement if what == "words" else "",
            }
            purpose = f"claim:{claim.id}:{claim.version}:{what}:{more}"
            asked = Prompt(to_person(tap.person.id), f"claim_{what}", tap.person.id, purpose, params)
            await tx.outbox.put(f"{tap.cause}:prompt", asked, tap.at)

    async def answer(self, tap: Tap, what: str, more: str, text: str) -> Claim:
        """What came back to `ask`."""
        match what:
            case "finding":
                return await self._propose(tap, Finding(more), text)
            case "link":
                return await self._correct(tap, "" if text.strip() == NOTHING else text.strip())
            case _:
                words = mask(text, find_personal_data(text))
                claim = await self._change(
                    tap, "claim_reword", lambda claim: rules.reword(claim, words, tap.seen, tap.at)
                )
                await self._learn(claim.id)
                return claim

    async def _propose(self, tap: Tap, finding: Finding, text: str) -> Claim:
        basis, sources = read_finding(text)
        basis = mask(basis, find_personal_data(basis))
        return await self._change(
            tap,
            "claim_propose",
            lambda claim: rules.propose(
                claim, finding, basis, sources, tap.person.id, self._links, seen=tap.seen, now=tap.at
            ),
            {"finding": finding, "sources": list(sources)},
        )

    async def confirm(self, tap: Tap) -> Claim:
        """✅ Pastikan: a coordinator stands behind the finding; the group hears it."""
        return await self._change(
            tap,
            "claim_confirm",
            lambda claim: rules.confirm(claim, tap.person.id, tap.seen, tap.at),
            may=Action.CONFIRM_FINDING,
            told="claim_found",
        )

    async def choose_template(self, tap: Tap, short: str) -> Claim:
        """The words that clarify it."""
        template = self._templates.find(short)
        return await self._change(
            tap,
            "claim_template",
            lambda claim: rules.choose_template(claim, template.id, tap.seen, tap.at),
            {"template": template.id},
        )

    async def _correct(self, tap: Tap, link: str) -> Claim:
        """☑️ A person says where the correct words stand."""
        if link and not link_is_allowed(link, (*self._links, "t.me")):
            raise BadInput("claim_source")

        def change(claim: Claim) -> Claim:
            rules.same_version(claim, tap.seen)
            return rules.corrected(claim, link, tap.at)

        return await self._change(tap, "claim_correct", change, {"link": link})

    async def close(self, tap: Tap) -> Claim:
        return await self._change(tap, "claim_close", lambda claim: rules.close(claim, tap.seen, tap.at))

    async def reopen(self, tap: Tap) -> Claim:
        return await self._change(tap, "claim_reopen", lambda claim: rules.reopen(claim, tap.seen, tap.at))

    async def _change(
        self,
        tap: Tap,
        verb: str,
        change: Callable[[Claim], Claim],
        detail: dict[str, object] | None = None,
        *,
        may: Action = Action.EDIT_CLAIM,
        told: str = "",
    ) -> Claim:
        await self._team.require(tap.person, may)
        async with self._store.transaction() as tx:
            claim = await found(tx, tap)
            if await tx.journal.has(tap.cause, verb):
                return claim
            changed = change(claim)
            await tx.claims.save(changed)
            entry = Entry(tap.at, tap.person.id, verb, f"claim:{claim.id}", tap.cause, detail or {})
            await tx.journal.write(entry)
            await redraw(tx, claim.id, tap.cause, tap.at)
            if told:
                params = {"claim": claim.id, "person": tap.person.id, "finding": changed.finding}
                await tx.outbox.put(f"{tap.cause}:told", Notice(TRIAGE, told, params), tap.at)
        return changed


async def found(tx: Parts, tap: Tap) -> Claim:
    """The claim of a press. Raises NotFound."""
    claim = await tx.claims.get(ClaimId(tap.target))
    if claim is None:
        raise NotFound("claim", str(tap.target))
    return claim


async def told_in(tx: Parts, number: CaseId) -> KeptComment:
    """The newest comment of a case, as what tells a rumour. Raises NotFound, CannotJoin."""
    case = await tx.cases.get(number)
    if case is None:
        raise NotFound("case", str(number))
    must_be_sharable(case)
    return (await tx.comments.of_case(number))[-1]


def must_be_sharable(case: Case) -> None:
    """Words of somebody at risk stand in no register. Raises CannotJoin."""
    if case.sensitive:
        raise CannotJoin(case.id, "sensitive")


async def link(tx: Parts, claim: ClaimId, kept: KeptComment, tap: Tap, score: float) -> None:
    """A person says that this comment tells, or denies, this claim."""
    linked = Linked(claim, kept.id, score, How.PERSON, stance_of(kept.comment.text), tap.person.id)
    await tx.claim_links.put(linked, tap.at)
    detail: dict[str, object] = {"comment": kept.id, "score": round(score, 2)}
    entry = Entry(tap.at, tap.person.id, "claim_join", f"claim:{claim}", tap.cause, detail)
    await tx.journal.write(entry)
    await tx.outbox.put(f"{tap.cause}:card:{kept.case_id}", CaseCard(CaseId(kept.case_id)), tap.at)
    await redraw(tx, claim, tap.cause, tap.at)


async def redraw(tx: Parts, claim: ClaimId, cause: str, now: datetime) -> None:
    """Every card of it that stands somewhere."""
    for subject in await tx.outbox.cards_of(f"claim:{claim}:"):
        await tx.outbox.put(f"{cause}:{subject}", RedrawClaim(claim, place_of(subject)), now)
