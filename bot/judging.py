"""The classifiers of one agency, from its settings: the one that judges, and the one that only looks on."""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from bot.adapters import Reader
from bot.files.settings import Settings
from bot.files.topics import load_topics
from bot.services.ports import Clock, Reads
from bot.services.shadowing import Shadowing
from bot.store.database import Database
from classifiers.base import Classifier, Thresholds
from classifiers.batching import MicroBatcher
from classifiers.choose import load
from classifiers.corrections_home import Home
from classifiers.errors import ClassifierError
from classifiers.labels import Label
from classifiers.text import normalise

log = logging.getLogger(__name__)


def home_of(settings: Settings) -> Home:
    """Where the team's own model lies: beside the data."""
    return Home(settings.database_file.parent / "model")


_OUTGROWN = (
    "Model tim dibuat dari model bawaan versi lama, jadi belum membawa perbaikan versi ini. "
    "Latih lagi: tanggap train --from-corrections."
)


def _outgrown(settings: Settings, model: str) -> bool:
    """Whether `model` is the team's own, of an older Tanggap. Raises ClassifierError."""
    home = home_of(settings)
    return home.resolve(model) == str(home.current) and home.outgrown()


def thresholds_of(settings: Settings) -> Mapping[Label, Thresholds]:
    """The agency's own lines."""
    return {
        label: Thresholds(row.certain, row.unsure) for label, row in settings.classifier.thresholds.items()
    }


def classifier_of(settings: Settings) -> Classifier:
    """The model that judges comments. Raises ClassifierError."""
    return load(home_of(settings).resolve(settings.classifier.model), thresholds_of(settings))


def reads_of(settings: Settings) -> tuple[Reads, MicroBatcher]:
    """The model in a thread of its own; close the second when done."""
    # The comments of a chat are read one after the other: waiting for company would only delay each of them.
    batcher = MicroBatcher(classifier_of(settings), max_wait_s=0.0)
    log.info("comments are judged by %s", batcher.name)
    if _outgrown(settings, settings.classifier.model):
        log.warning("the team's model was made from older shipped weights; run train --from-corrections")
    return Reader(batcher.classify, load_topics(settings.topics, normalise)), batcher


@asynccontextmanager
async def looking_on(settings: Settings, database: Database, clock: Clock) -> AsyncIterator[Shadowing | None]:
    """The second model, in a thread of its own, where the settings name one.

    One that cannot be loaded keeps nobody from work: the log and `tanggap doctor` tell.
    """
    model = settings.classifier.shadow
    if model is None:
        yield None
        return
    try:
        second = load(home_of(settings).resolve(model))
    except ClassifierError:
        log.exception("the second model could not be loaded; the bot runs without it")
        yield None
        return
    batcher = MicroBatcher(second, max_wait_s=0.0)

    async def labels(text: str) -> Sequence[str]:
        return [label.value for label in (await batcher.classify(text)).labels]

    try:
        yield Shadowing(database, second.name, labels, clock, keep=settings.retention.shadow)
    finally:
        await batcher.close()


def fitness(settings: Settings) -> list[tuple[bool, str]]:
    """For the doctor: whether each model loads, and which one it is."""
    found = []
    for what, model in (("Model", settings.classifier.model), ("Model kedua", settings.classifier.shadow)):
        if model is None:
            continue
        try:
            found.append((True, f"{what}: {load(home_of(settings).resolve(model)).name}."))
            if _outgrown(settings, model):
                found.append((False, _OUTGROWN))
        except ClassifierError as error:
            found.append((False, f"{what}: {error}"))
    return found
