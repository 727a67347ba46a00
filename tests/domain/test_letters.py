"""Whose words an approval lets out: drafts before it, replies behind it, and never those of another one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crisis_world import PLAYBOOK

from bot.domain.incident import Incident, RunId
from bot.domain.letters import authors_of, covered_steps, letters_of, versions_of
from bot.domain.people import PersonId
from bot.domain.playbook import Playbook, Step
from bot.domain.run_types import prepare
from bot.domain.step_run import Letter
from bot.domain.steps import Answer, Approve, Ask, Compose, Publish, Uses

NOON = datetime(2027, 3, 1, 5, tzinfo=UTC)


def step(name: str, uses: Uses, *needs: str) -> Step:
    return Step(name, name, uses, needs, timeout=timedelta(minutes=10))


BOOK: Playbook = replace(
    PLAYBOOK,
    steps=(
        step("tanya", Ask("Apa?")),
        step("sikap", Compose("a/b"), "tanya"),
        step("setuju", Approve(2), "sikap"),
        step("tayang", Publish(("telegram-channel",)), "setuju"),
        step("balas", Answer("a/c"), "tayang"),
        step("susulan", Compose("a/d"), "tayang"),
        step("setuju-lagi", Approve(1), "susulan"),
        step("balas-lagi", Answer("a/e"), "setuju-lagi"),
    ),
)


def test_an_approval_covers_its_draft_and_the_replies_that_wait_for_it() -> None:
    first, second = (BOOK.step(name) for name in ("setuju", "setuju-lagi"))
    assert first is not None
    assert second is not None
    assert covered_steps(BOOK, first) == ("sikap", "balas")
    assert covered_steps(BOOK, second) == ("susulan", "balas-lagi")


def test_a_changed_word_in_any_of_them_is_another_vote() -> None:
    approve = BOOK.step("setuju")
    assert approve is not None
    state = prepare(Incident(RunId(1), "g", NOON, "r"), BOOK)
    assert letters_of(state, approve) == ()
    sari = PersonId("sari")
    written = {"sikap": Letter("Tenang.", "a/b", 1, (sari,)), "balas": Letter("Halo.", "a/c", 1, version=2)}
    state = replace(state, steps=tuple(replace(run, letter=written.get(run.step)) for run in state.steps))
    found = letters_of(state, approve)
    assert versions_of(found) == "sikap:1,balas:2"
    assert authors_of(found) == {"sari"}
