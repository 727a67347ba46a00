"""The second channel put together: who is called how, by which gateways, and the loop that sends."""

from collections.abc import Callable

from bot.chat.second import draw_second
from bot.chat.words.second import a_test
from bot.domain.incident import RunId
from bot.domain.lane import SECOND_LANES
from bot.domain.outgoing import Outgoing
from bot.domain.people import PersonId
from bot.domain.playbook import Via
from bot.domain.second import SecondPage
from bot.files.settings import Settings
from bot.gateways.apprise_ways import AppriseGateways
from bot.gateways.second_sender import NoPace, OwnPlaces, SecondSender
from bot.services.delivery import Follows
from bot.services.incidents import Incidents
from bot.services.live_board import LiveBoard
from bot.services.outbox import Outbox
from bot.services.ports import Clock, Store
from bot.services.second import SecondChannel
from bot.services.second_start import SecondWays
from bot.store.database import Database


def both(*loops: Outbox | LiveBoard) -> Callable[[], None]:
    """One bell for loops over the same table."""

    def ring() -> None:
        for loop in loops:
            loop.wake()

    return ring


def ways_of(settings: Settings) -> SecondWays:
    """Contacts and patience, as the configuration says."""
    return SecondWays(settings.other_ways, settings.pages.wait)


def order_of(settings: Settings) -> dict[PersonId, tuple[Via, ...]]:
    """Per person the ways in order, without the addresses."""
    return {person: tuple(contacts) for person, contacts in settings.other_ways.items()}


def channel_of(
    settings: Settings, store: Store, incidents: Incidents, ways: SecondWays, clock: Clock
) -> SecondChannel:
    """The service: what follows from a page that fails, and tests."""
    words = a_test(settings.agency.short)
    return SecondChannel(store, incidents, ways, gateways_of(settings), clock, test_words=words)


def gateways_of(settings: Settings) -> AppriseGateways:
    return AppriseGateways(settings.gateways, settings.pages.timeout)


def outbox_of(
    settings: Settings, database: Database, incidents: Incidents, channel: SecondChannel, clock: Clock
) -> Outbox:
    """A loop of its own over the same table: a gateway that hangs holds no message of Telegram up."""

    async def draw(page: SecondPage) -> tuple[str, str] | None:
        kept = await database.read.runs.get(RunId(page.run))
        return None if kept is None else draw_second(page, incidents.read(kept), settings.agency.short)

    sender = SecondSender(gateways_of(settings), settings.other_ways, draw)
    follows: dict[type[Outgoing], Follows] = {SecondPage: channel}
    return Outbox(database, sender, OwnPlaces(), NoPace(), follows, clock, lanes=SECOND_LANES)
