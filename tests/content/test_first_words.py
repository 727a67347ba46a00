"""A holding statement goes out first, the correction 40 minutes later: it is the correction that counts."""

from datetime import timedelta
from typing import Any

import pytest
from course import BY_ID, OWN, START, Course
from test_blank_forms import SPEAKING, answer, told

from bot.domain.metrics import moments_of
from bot.domain.steps import Publish

KNOWN_AT_ONCE = {
    "akun-diretas": "ya",
    "bencana": "terjadi",
    "gangguan-layanan": "terganggu",
    "hoaks-bencana": "salah",
    "hoaks-viral": "keliru",
    "kebocoran-data-pribadi": "ya",
    "kerusuhan-konflik": "terjadi",
    "ujaran-kebencian-sara": "mereda",
}
UNSURE = dict.fromkeys(SPEAKING, "belum") | {"ujaran-kebencian-sara": "mereda"}
HOLDING, CORRECTION = timedelta(minutes=45), timedelta(minutes=85)


def spoken(playbook_id: str, choice: str, *, fact: str = "") -> Course:
    """The first message at 45 minutes, the correction at 85."""
    playbook = BY_ID[playbook_id]
    from_unit = playbook_id == "gangguan-layanan"
    known = {"fakta": fact} if fact else {}
    acts: list[dict[str, Any]] = [
        {"at": "2m", "do": "acknowledge", "by": "oncall:medsos"},
        {
            "at": "5m",
            "do": "answer",
            "step": "nilai",
            "by": "acker",
            "choice": choice,
            "fields": {} if from_unit else known,
        },
        *(
            [{"at": "9m", "do": "answer", "step": "minta-data", "by": "unit:layanan", "fields": known}]
            * from_unit
        ),
        *told(playbook, 45, "setujui", "tayang"),
        answer(playbook, 80, "keadaan", "keliru"),
        *told(playbook, 85, "setujui-koreksi", "tayang-koreksi"),
    ]
    return Course(playbook).play({"acts": acts}, timedelta(hours=2))


def correct_after(course: Course) -> timedelta | None:
    """The metric, from the story that the report reads."""
    moments = moments_of(START, [(what, START + after) for after, what, _ in course.story])
    return None if moments.posted_at is None else moments.posted_at - START


@pytest.mark.parametrize("playbook_id", SPEAKING)
def test_the_first_correct_words_are_the_correction(playbook_id: str) -> None:
    course = spoken(playbook_id, UNSURE[playbook_id])
    assert course.refused == []
    own = [(said.step, said.after) for said in course.said if said.channel == OWN]
    assert own == [("tayang", HOLDING), ("tayang-koreksi", CORRECTION)]
    assert correct_after(course) == CORRECTION
    assert course.state.informed_at == START + CORRECTION


@pytest.mark.parametrize("playbook_id", SPEAKING)
def test_a_first_message_with_the_confirmed_fact_counts_at_once_but_never_one_that_still_checks(
    playbook_id: str,
) -> None:
    course = spoken(playbook_id, KNOWN_AT_ONCE[playbook_id], fact="Begini kata sumber resmi")
    assert course.refused == []
    assert correct_after(course) == (CORRECTION if playbook_id == "hoaks-viral" else HOLDING)


@pytest.mark.parametrize("playbook_id", SPEAKING)
def test_a_choice_without_its_fact_is_a_holding_statement_too(playbook_id: str) -> None:
    assert correct_after(spoken(playbook_id, KNOWN_AT_ONCE[playbook_id])) == CORRECTION


def test_a_fact_that_nobody_has_confirmed_yet_is_a_holding_statement() -> None:
    for playbook_id in set(SPEAKING) - {"ujaran-kebencian-sara"}:
        course = spoken(playbook_id, "belum", fact="Kami mendengar laporan warga")
        assert correct_after(course) == CORRECTION, playbook_id


@pytest.mark.parametrize("playbook_id", ["hoaks-viral", "hoaks-bencana"])
def test_the_clock_for_the_correct_words_runs_on_past_the_holding_statement(playbook_id: str) -> None:
    (clock,) = BY_ID[playbook_id].clocks
    story = spoken(playbook_id, "belum").story
    (met,) = [after for after, what, _ in story if what == "clock_met"]
    assert met == CORRECTION
    assert clock.within in [after for after, what, _ in story if what == "clock_over"]


@pytest.mark.parametrize("playbook_id", SPEAKING)
def test_each_first_message_says_what_makes_it_correct_and_no_later_one_needs_to(playbook_id: str) -> None:
    posts = {step.id: step.uses for step in BY_ID[playbook_id].steps if isinstance(step.uses, Publish)}
    assert [name for name, uses in posts.items() if uses.correct_when is not None] == ["tayang"]
