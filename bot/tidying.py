"""What is done every hour beside the work: old things leave, and the journal is read whole."""

import logging

from bot.files.settings import Settings
from bot.services import retention
from bot.services.ports import Clock
from bot.services.retention import Keep, Retention
from bot.services.word_index import WordIndex
from bot.store.database import Database

log = logging.getLogger(__name__)
_EVERY_S = 3600.0


def retention_of(settings: Settings, store: retention.Store, clock: Clock) -> Retention:
    """How long the agency keeps what."""
    row = settings.retention
    return Retention(store, Keep(row.comments, row.personal, row.incidents), clock)


async def tidy(settings: Settings, database: Database, index: WordIndex, clock: Clock) -> None:
    """What is older than `retention` allows leaves, bite by bite. No report has to read a million lines of
    the journal then: it goes on from here.
    """
    keeping = retention_of(settings, database, clock)
    while True:
        try:
            before = clock.now() - settings.retention.inbox
            async with database.transaction() as tx:
                dropped = await tx.inbox.forget(before) + await tx.outside.forget(before) > 0
                await tx.imports.forget(before)
            await index.tidy()
            dropped = bool(await keeping.step()) or dropped
            if not dropped:
                await database.read.journal.verify()
        except Exception:
            log.exception("what is too old could not be dropped")
            dropped = False
        await clock.sleep(1.0 if dropped else _EVERY_S)
