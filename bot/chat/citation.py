"""A citizen's comment on a card: the words, who wrote them, where, and the way there."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat.render import Piece, Tag, b, cited, i, lines, link, named
from bot.chat.words import cards as say
from bot.chat.words import names as called
from bot.chat.words import times
from bot.domain.comment import Comment, KeptComment, Origin, Platform
from bot.domain.guard import find_personal_data, mask
from bot.domain.network import Network
from bot.domain.people import Zone

_EARLIER_SHOWN = 3
_SHORT = 300
_Row = Piece | tuple[Piece, ...]


def in_full(latest: Comment, earlier: tuple[KeptComment, ...], now: datetime, zone: Zone) -> list[_Row]:
    """Who, when, the words, where; then what it said before an edit, and the other messages in short."""
    rows: list[_Row] = [_byline(latest, now, zone), cited(latest.text)]
    if latest.media:
        rows.append(i(say.with_media(latest.media)))
    if latest.context:
        rows.append(i(say.under_post(named(latest.context, 44))))
    newest: Mapping[Origin, KeptComment] = {kept.comment.origin: kept for kept in earlier}
    before = newest.get(latest.origin)
    if before is not None:
        rows += [i(say.EDITED), cited(before.comment.text, _SHORT)]
    others = [kept for origin, kept in newest.items() if origin != latest.origin]
    if others:
        rows.append(i(say.messages(len(others))))
        rows += [cited(kept.comment.text, _SHORT) for kept in others[-_EARLIER_SHOWN:]]
    return rows


def in_short(comment: Comment, now: datetime, zone: Zone, *, whole: bool = False) -> tuple[Piece, ...]:
    """One line and the words, for cards that are about something else.

    `whole`: for whoever goes to help, and needs the number that stands there.
    """
    text = comment.text if whole else without_numbers(comment)
    return lines(_byline(comment, now, zone), cited(text, 600))


def without_numbers(comment: Comment) -> str:
    """The words with personal data covered, as whoever judges an answer needs no more of them.

    Not of what a citizen wrote to us in private: there we asked for it.
    """
    if comment.origin.platform is Platform.TELEGRAM_DM:
        return comment.text
    return mask(comment.text, find_personal_data(comment.text))


def _byline(comment: Comment, now: datetime, zone: Zone) -> tuple[Piece, ...]:
    """Ratna, 09.12 WIB · lihat."""
    author = named(comment.author.name) or say.UNKNOWN_AUTHOR
    way = link(called.LOOK, comment.link)
    row: tuple[Piece, ...] = (b(author), f", {times.moment(comment.written_at, now, zone)} · ")
    if isinstance(way, Tag):
        return (*row, Network(comment.network).called, " · ", way) if comment.network else (*row, way)
    return (*row, called.place(comment))
