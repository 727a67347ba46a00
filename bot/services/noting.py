"""Notes on a case: kept with it, read on its card, told privately to whom they call."""

from bot.domain.case import Case, CaseStatus, same_version
from bot.domain.errors import WrongState
from bot.domain.journal import Entry
from bot.domain.note import Note, called, readable
from bot.domain.outgoing import TRIAGE, CaseCard, Notice, Prompt, to_person
from bot.domain.people import Action, PersonId
from bot.services import case_deeds
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.tap import Tap


class Noting:
    """Each raises a Refused and then has changed nothing."""

    def __init__(self, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def ask(self, tap: Tap) -> None:
        """📝 Catat: the next reply to the bot's question is the note. Raises Outdated."""
        await self._team.require(tap.person, Action.NOTE)
        async with self._store.transaction() as tx:
            case = await _everyday(tx, tap)
            same_version(case, tap.seen)
            card = await tx.outbox.card(f"case:{case.id}")
            purpose, params = f"note:{case.id}:0", {"case": case.id}
            above = card.message_id if card is not None else 0
            asked = Prompt(TRIAGE, "note_text", tap.person.id, purpose, params, above)
            await tx.outbox.put(f"{tap.cause}:prompt", asked, tap.at)

    async def write(self, tap: Tap, typed: str) -> Note:
        """The note; whoever it calls by @ hears it in their own chat, with the way to the card."""
        await self._team.require(tap.person, Action.NOTE)
        text = readable(typed)
        async with self._store.transaction() as tx:
            case = await _everyday(tx, tap)
            note = Note(case.id, tap.person.id, text, tap.at)
            if await tx.journal.has(tap.cause, "note"):
                return note
            number = await tx.notes.add(note)
            names = {person.id: person.name for person in self._team.directory.people.values()}
            meant = [person for person in called(text, names) if person != tap.person.id]
            detail: dict[str, object] = {"note": number, "sha256": note.sha, "to": meant}
            await tx.journal.write(Entry(tap.at, tap.person.id, "note", f"case:{case.id}", tap.cause, detail))
            await tx.outbox.put(f"{tap.cause}:card", CaseCard(case.id, asked=True), tap.at)
            await self._tell(tx, note, meant, tap)
        return note

    async def _tell(self, tx: Parts, note: Note, meant: list[PersonId], tap: Tap) -> None:
        reached = {link.person for link in await tx.people.links() if link.reachable and not link.suspended}
        card = await tx.outbox.card(f"case:{note.case}")
        params: dict[str, object] = {
            "case": note.case,
            "by": note.person,
            "note": note.text,
            "card": [card.chat_id, card.message_id] if card is not None else [],
        }
        for person in meant:
            if person in reached:
                told = Notice(to_person(person), "mentioned", params)
                await tx.outbox.put(f"{tap.cause}:mentioned:{person}", told, tap.at)
        deaf = [person for person in meant if person not in reached]
        if deaf:
            missed = Notice(TRIAGE, "mention_unheard", {"case": note.case, "people": deaf})
            await tx.outbox.put(f"{tap.cause}:unheard", missed, tap.at)


async def _everyday(tx: Parts, tap: Tap) -> Case:
    """About somebody at risk nothing is written on a card of the group. Raises NotFound, WrongState."""
    case = await case_deeds.found(tx, tap)
    if case.sensitive:
        raise WrongState("sensitive")
    if case.status is CaseStatus.MERGED:
        raise WrongState(case.status)
    return case
