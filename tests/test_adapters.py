"""Where the packages meet: the rule for a life at risk holds without a classifier; what is stuck shows."""

import json
from datetime import timedelta
from pathlib import Path

from fakes import MORNING, later

from bot.adapters import HealthReport, Reader
from bot.clock import FakeClock
from bot.domain.case import CaseId
from bot.domain.comment import Verdict
from bot.domain.outgoing import CaseCard
from bot.files.topics import load_topics
from bot.store.database import Database
from bot.store.rows import pack_verdict, unpack_verdict
from bot.web.health import HealthLimits, problems
from bot.wire.polling import PollHealth
from bot.wire.trouble import PollState
from classifiers.base import Prediction
from classifiers.choose import load
from classifiers.text import normalise

TOPICS = Path(__file__).parents[1] / "playbooks" / "topics.yaml"


async def _broken(_text: str) -> Prediction:
    raise RuntimeError("no model")


async def test_topics_are_found_also_when_the_classifier_fails() -> None:
    found = await Reader(_broken, load_topics(TOPICS, normalise)).read("Rasanya saya ingin bunuh diri")
    assert found.error == "RuntimeError"
    assert "bunuh-diri" in found.topics


def heard(state: PollState, error: str = "") -> PollHealth:
    return PollHealth(state, None, error, 0)


async def test_telegram_is_heard_while_it_answers_and_by_a_webhook_while_nobody_complains(
    database: Database, clock: FakeClock
) -> None:
    reports = HealthReport(database, clock)
    assert not reports.hears()  # nobody listens yet
    for expects_polls, state, error, hears in (
        (True, PollState.LISTENING, "", True),
        (True, PollState.STARTING, "", False),
        (True, PollState.UNREACHABLE, "TimedOut", False),
        (True, PollState.TOKEN_REJECTED, "Unauthorized", False),
        (False, PollState.STARTING, "", True),
        (False, PollState.LISTENING, "", True),
        (False, PollState.WEBHOOK_FAILING, "502", False),
        (False, PollState.STORE_FAILING, "OSError", False),
    ):
        reports.expects_polls = expects_polls
        reports.intake = lambda state=state, error=error: heard(state, error)
        assert reports.hears() is hears, (expects_polls, state)


async def test_one_that_is_stuck_under_way_is_a_problem_and_is_not_hidden_by_younger_ones(
    database: Database, clock: FakeClock
) -> None:
    async with database.transaction() as tx:
        await tx.outbox.put("old", CaseCard(CaseId(1)), MORNING)
        (head,) = await tx.outbox.heads(MORNING)
        await tx.outbox.take(head.id, MORNING)
        await tx.outbox.put("young", CaseCard(CaseId(2)), later(1100))
        await tx.outbox.put("younger", CaseCard(CaseId(3)), later(1190))
    clock.advance(1200)
    health = await HealthReport(database, clock).health()
    assert list(health.outbox_age_s.values()) == [timedelta(minutes=20).total_seconds()]
    assert list(health.outbox_waiting.values()) == [3]
    assert any("keluar tertua" in one for one in problems(health, HealthLimits()))


async def test_the_words_that_weighed_and_the_rules_that_fired_are_kept_apart() -> None:
    model = load()

    async def predict(text: str) -> Prediction:
        return model.classify([text])[0]

    found = await Reader(predict, ()).read("kapan listrik nyala min?")
    assert ("question", "kata tanya") in found.rules
    assert all(word in "kapan listrik nyala min?" for _, word in found.reasons)
    assert unpack_verdict(pack_verdict(found)) == found


def test_a_verdict_of_an_older_version_names_no_rules() -> None:
    *older, _rules = json.loads(pack_verdict(Verdict(labels=("spam",), rules=(("spam", "memuat tautan"),))))
    assert unpack_verdict(json.dumps(older)) == Verdict(labels=("spam",))
