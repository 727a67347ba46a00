"""What every step of a measure needs: its row, its comment, what protects it, the evidence, its cards."""

from hashlib import sha256

from bot.domain.case import Case
from bot.domain.comment import Comment, KeptComment, Platform
from bot.domain.errors import NotFound, Outdated
from bot.domain.guard import find_personal_data, mask
from bot.domain.house_rules import HouseRules
from bot.domain.journal import Entry
from bot.domain.measure import Hand, Measure, MeasureId
from bot.domain.moderation import Bearing, Ours, is_person, is_protected, labels_of, untouchable
from bot.domain.outgoing import CaseCard
from bot.domain.outgoing_moderation import MeasureAsk, MeasureCard
from bot.domain.people import PersonId
from bot.services.moderation_rows import Exhibit
from bot.services.ports import Parts
from bot.services.tap import Tap


async def found(tx: Parts, tap: Tap) -> Measure:
    """The measure of a press. Raises NotFound."""
    measure = await tx.measures.get(MeasureId(tap.target))
    if measure is None:
        raise NotFound("measure", str(tap.target))
    return measure


def hand(tap: Tap) -> Hand:
    return Hand(tap.person.id, tap.seen, tap.at)


async def comment_of(tx: Parts, measure: Measure) -> tuple[Case, KeptComment, KeptComment]:
    """The case, the revision that the measure is about, and the newest one."""
    case, kept = await tx.cases.get(measure.case), await tx.comments.get(measure.comment)
    if case is None or kept is None:
        raise LookupError(f"measure {measure.id} has lost its comment")
    newest = await tx.comments.latest(kept.comment.origin)
    return case, kept, newest or kept


async def as_read(tx: Parts, measure: Measure) -> tuple[Case, KeptComment]:
    """The case and the comment, unless its writer changed it meanwhile. Raises Outdated."""
    case, kept, newest = await comment_of(tx, measure)
    if newest.id != kept.id:
        raise Outdated("measure_edited")
    return case, kept


async def bearing_of(tx: Parts, case: Case, kept: KeptComment, house: HouseRules) -> Bearing:
    """What protects this comment and its writer right now."""
    own = [one.verdict for one in await revisions(tx, case, kept)]
    given = [labels for verdict in (*own, case.verdict) for labels in (verdict.labels, verdict.unsure)]
    aliases = await tx.people.aliases()
    team = frozenset(link.telegram_id for link in await tx.people.links() if not link.suspended)
    chats = house.chats | {aliases[chat] for chat in house.chats if chat in aliases}
    author = kept.comment.author.key
    return Bearing(is_protected(labels_of(*given)), is_person(author), untouchable(author, Ours(chats, team)))


async def revisions(tx: Parts, case: Case, kept: KeptComment) -> list[KeptComment]:
    """Everything that this very comment ever said, oldest first."""
    return [one for one in await tx.comments.of_case(case.id) if one.comment.origin == kept.comment.origin]


async def keep_evidence(
    tx: Parts, measure: Measure, case: Case, kept: KeptComment, house: HouseRules
) -> list[str]:
    """Before anything is done: every revision with its hash. The hashes, for the journal."""
    exhibits = [
        Exhibit(
            one.id,
            one.comment.revision,
            masked(one.comment.author.name, house),
            masked(one.comment.text, house),
            one.comment.media,
            one.comment.link,
            one.comment.written_at,
            sha256(one.comment.text.encode()).hexdigest(),
            measure.updated_at,
        )
        for one in await revisions(tx, case, kept)
    ]
    await tx.measures.keep(measure.id, exhibits)
    return [one.sha256 for one in exhibits]


def masked(text: str, house: HouseRules) -> str:
    """As it may be shown: personal data is covered, its shape stays."""
    return mask(text, find_personal_data(text, house.allow))


def can_be_moderated(comment: Comment) -> bool:
    """Only where everybody reads it and the bot can do something about it."""
    return comment.origin.platform is Platform.TELEGRAM_DISCUSSION


async def save(tx: Parts, measure: Measure, entry: Entry) -> None:
    """State, journal and every card together."""
    await tx.measures.save(measure)
    await tx.journal.write(entry)
    await redraw(tx, measure, entry.cause, entry)


async def redraw(tx: Parts, measure: Measure, cause: str, entry: Entry) -> None:
    """The card in the group, the one of the case, and what coordinators were shown."""
    await tx.outbox.put(f"{cause}:measure:{measure.id}", MeasureCard(measure.id), entry.at)
    await tx.outbox.put(f"{cause}:card:{measure.case}", CaseCard(measure.case), entry.at)
    for subject in await tx.outbox.cards_of(f"measure:{measure.id}:"):
        person = PersonId(subject.rsplit(":", 1)[1])
        await tx.outbox.put(
            f"{cause}:measure:{measure.id}:{person}", MeasureAsk(measure.id, person), entry.at
        )


def noted(measure: Measure, tap: Tap, verb: str, **detail: object) -> Entry:
    """A line of the journal by a person; ids, grounds and hashes only."""
    return Entry(tap.at, tap.person.id, verb, f"measure:{measure.id}", tap.cause, told(measure, **detail))


def told(measure: Measure, **detail: object) -> dict[str, object]:
    """What the journal says of a measure at each step."""
    rule = measure.rule
    return {
        "case": int(measure.case),
        "comment": int(measure.comment),
        "rule": rule.id if rule is not None else "",
        "ground": str(rule.ground) if rule is not None else "",
        "remedy": str(measure.remedy or ""),
        "days": measure.days,
        "protected": measure.protected,
        "words": sha256(measure.words.encode()).hexdigest() if measure.words else "",
        **detail,
    }
