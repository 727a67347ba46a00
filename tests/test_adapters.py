"""The rule for a life at risk holds also while the classifier fails."""

from pathlib import Path

from bot.adapters import Reader
from bot.files.topics import load_topics
from classifiers.base import Prediction
from classifiers.text import normalise

TOPICS = Path(__file__).parents[1] / "playbooks" / "topics.yaml"


async def _broken(_text: str) -> Prediction:
    raise RuntimeError("no model")


async def test_topics_are_found_also_when_the_classifier_fails() -> None:
    found = await Reader(_broken, load_topics(TOPICS, normalise)).read("Rasanya saya ingin bunuh diri")
    assert found.error == "RuntimeError"
    assert "bunuh-diri" in found.topics
