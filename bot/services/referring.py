"""Not our authority: the number under which SP4N-LAPOR! has the matter. The words go the usual way."""

from collections.abc import Collection

from bot.domain import referral
from bot.domain.case import Case, CaseId, same_version
from bot.domain.errors import NotFound, WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, CaseCard, Prompt
from bot.domain.people import Action
from bot.domain.suggest import Suggestion
from bot.domain.template import TemplateState
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.tap import Tap
from bot.services.templates import Templates
from bot.services.views import TemplateChoice


class Referring:
    """Asks for the number, and keeps it. Each raises a Refused and then has changed nothing."""

    def __init__(self, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def ask(self, tap: Tap) -> None:
        """🔢 Nomor LAPOR!: the next reply to the bot's question is the number. Raises Outdated."""
        await self._team.require(tap.person, Action.CLOSE)
        async with self._store.transaction() as tx:
            case = await _everyday(tx, tap)
            same_version(case, tap.seen)
            card = await tx.outbox.card(f"case:{case.id}")
            params: dict[str, object] = {"case": case.id, "text": case.lapor}
            asked = Prompt(
                TRIAGE,
                "lapor_number",
                tap.person.id,
                f"lapor:{case.id}:0",
                params,
                card.message_id if card is not None else 0,
            )
            await tx.outbox.put(f"{tap.cause}:prompt", asked, tap.at)

    async def keep(self, tap: Tap, typed: str) -> Case:
        """The number, however it was typed. Raises BadInput where it is none."""
        await self._team.require(tap.person, Action.CLOSE)
        number = referral.read_lapor(typed)
        async with self._store.transaction() as tx:
            case = await _everyday(tx, tap)
            if await tx.journal.has(tap.cause, "lapor"):
                return case
            case = referral.has_lapor(case, number, tap.at)
            await tx.cases.save(case)
            detail: dict[str, object] = {"number": number}
            await tx.journal.write(
                Entry(tap.at, tap.person.id, "lapor", f"case:{case.id}", tap.cause, detail)
            )
            await tx.outbox.put(f"{tap.cause}:card", CaseCard(case.id, asked=True), tap.at)
        return case


async def who_is_in_charge(templates: Templates, topics: Collection[str]) -> tuple[TemplateChoice, ...]:
    """The words that say who is in charge instead of us: of these topics first."""
    lines = [one for one in await templates.lines() if one.template.hands_over]
    wanted = [one for one in lines if one.template.state is not TemplateState.RETIRED]
    wanted.sort(key=lambda one: (not set(topics) & set(one.template.topics), one.template.id))
    return tuple(
        TemplateChoice(one.short, Suggestion(one.template, 0, one.usability.reason, one.usability))
        for one in wanted
    )


async def _everyday(tx: Parts, tap: Tap) -> Case:
    """Of somebody at risk nothing is filed elsewhere from the group. Raises NotFound, WrongState."""
    case = await tx.cases.get(CaseId(tap.target))
    if case is None:
        raise NotFound("case", str(tap.target))
    if case.sensitive:
        raise WrongState("sensitive")
    return case
