"""A measure as it is when it is sent: in the group, or for the one person who is asked."""

from bot.chat.drawn import Drawn
from bot.chat.moderation_cards import draw_measure
from bot.domain.measure import MeasureId
from bot.domain.outgoing_moderation import MeasureAsk, MeasureCard
from bot.domain.people import Zone
from bot.services.views_moderation import ModerationDesk


async def measure_drawn(desk: ModerationDesk, what: MeasureCard | MeasureAsk, zone: Zone) -> Drawn | None:
    """None: it is gone."""
    view = await desk.measure(MeasureId(what.measure))
    reader = what.person if isinstance(what, MeasureAsk) else ""
    return None if view is None else draw_measure(view, zone, reader)
