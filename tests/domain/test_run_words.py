"""From a question to words on the channel: nothing is said that its approvers have not read."""

from dataclasses import replace

from crisis_world import BAGUS, DEWI, RATNA, SITI, minutes
from steps_world import (
    ALL,
    APPROVE,
    ARI,
    CHANNEL,
    COMMENTS,
    DRAFT,
    INSTAGRAM,
    POST,
    REPLY,
    WHOLE,
    Office,
    on_air,
    taken,
    why,
    written,
)

from bot.domain.incident import Phase
from bot.domain.playbook import After, Reaction
from bot.domain.run_effects import Why
from bot.domain.run_events import Resolved, Skipped, TakenOver, Voted
from bot.domain.run_posts import may_go_out
from bot.domain.run_types import What
from bot.domain.step_effects import PublishPost, ReplyTo, ShowStep
from bot.domain.step_run import PostState, Verdict
from bot.domain.step_state import StepState


def test_a_whole_course_from_the_question_to_the_last_reply() -> None:
    world = on_air()
    assert [type(one).__name__ for one in world.sent] == ["PublishPost", "ReplyTo"]
    for comment in COMMENTS[:3]:
        world.settle(str(comment), PostState.SENT, step="balas")
    world.wait(minutes(2))
    batches = [(minute, e.comments) for minute, e in world.did(ReplyTo)]
    assert batches == [(0, COMMENTS[:3]), (1, COMMENTS[3:6]), (2, COMMENTS[6:])]
    for comment in COMMENTS[3:]:
        world.settle(str(comment), PostState.SENT, step="balas")
    assert world.states("tayang", "balas") == ["done", "done"]
    assert world.told(What.REPLIED) == [{"step": "balas", "count": "8"}]
    assert world.state.phase is Phase.MONITORING


def test_one_person_suffices_for_an_approved_template_and_two_are_needed_once_a_word_is_changed() -> None:
    world = written()
    assert world.edit(RATNA) is None
    assert world.vote(SITI) is None
    assert world.states("setujui", "tayang") == ["waiting", "pending"]
    assert why(world.vote(SITI)) is Why.ALREADY_VOTED
    assert world.vote(BAGUS) is None
    assert world.states("setujui") == ["done"]
    assert [told["count"] for told in world.told(What.APPROVED)] == ["1", "2"]
    assert world.run("tayang").letter == world.run("sikap").letter


def test_two_who_are_still_here_approve() -> None:
    """Siti said yes and was put out: Bagus alone lets nothing out, and whoever comes next is the second."""
    world = written()
    world.edit(RATNA)
    world.vote(SITI)
    world.roster = replace(world.roster, put_out=frozenset({SITI}))
    assert world.vote(BAGUS) is None
    assert world.states("setujui", "tayang") == ["waiting", "pending"]
    assert why(world.vote(BAGUS)) is Why.ALREADY_VOTED
    assert [told["count"] for told in world.told(What.APPROVED)] == ["1", "1"]
    assert [vote.person for vote in world.run("setujui").votes] == [SITI, BAGUS], "the record keeps both"
    assert world.vote(DEWI) is None
    assert world.states("setujui") == ["done"]


def test_in_crisis_mode_so_many_approve_as_are_still_here() -> None:
    world = written()
    world.roster = replace(world.roster, approvals=2)
    asked = world.run("setujui").asked
    assert len(asked) > 1
    world.roster = replace(world.roster, put_out=frozenset(asked) - {SITI})
    assert world.vote(SITI) is None
    assert world.states("setujui") == ["done"], "there is nobody else"


def test_an_author_never_approves_and_a_stranger_has_no_voice() -> None:
    world = written()
    world.edit(SITI)
    assert why(world.vote(SITI)) is Why.OWN_WORDS
    assert why(world.vote(RATNA)) is Why.STEP_NOT_YOURS
    assert world.sent == []


def test_whoever_typed_the_facts_is_not_asked_to_approve_them_though_they_have_the_run() -> None:
    world = taken(Office(unedited=False))
    world.authors = (SITI,)
    world.happen(TakenOver(world.roster, SITI, world.state.epoch))
    assert world.answer("verifikasi", SITI, choice="salah", fakta="Tidak benar.") is None
    world.wait(minutes(4))
    shown = [effect for _, effect in world.did(ShowStep) if effect.step == "setujui"]
    assert shown
    assert all(SITI not in effect.people for effect in shown)


def test_a_vote_for_words_that_changed_meanwhile_counts_for_nothing() -> None:
    world = written()
    seen = world.seen("setujui")
    world.edit(RATNA)
    late = world.happen(Voted(world.roster, "setujui", 1, SITI, Verdict.APPROVE, seen))
    assert why(late.refusal) is Why.WORDS_CHANGED
    world.vote(SITI)
    world.edit(RATNA, "Lagi")
    assert world.vote(BAGUS) is None
    assert world.states("setujui") == ["waiting"]
    assert world.vote(SITI) is None
    assert world.states("setujui") == ["done"]


def test_what_is_returned_waits_for_a_person_to_rewrite_it_and_begins_anew() -> None:
    world = written()
    world.vote(SITI, Verdict.RETURN, "Terlalu panjang")
    assert (world.run("sikap").attempt, world.run("setujui").attempt) == (2, 2)
    assert world.states("sikap", "setujui") == ["waiting", "pending"]
    assert world.run("sikap").note == "Terlalu panjang"
    assert world.did(ShowStep)[-1][1].people == (RATNA,)
    assert world.edit(RATNA, "Lebih pendek") is None
    assert world.states("sikap", "setujui") == ["done", "waiting"]
    assert world.vote(SITI) is None
    assert world.vote(DEWI) is None
    assert [e.attempt for _, e in world.did(PublishPost)] == [2]


def test_a_rejection_ends_it_and_nothing_is_said() -> None:
    world = written()
    world.vote(SITI, Verdict.REJECT, "Bukan wewenang kita")
    assert world.states("setujui", "tayang", "balas") == ["rejected", "skipped", "skipped"]
    assert why(world.vote(BAGUS)) is Why.STEP_OVER
    assert why(world.edit(RATNA)) is Why.STEP_OVER
    assert world.sent == []


def test_an_approval_that_nobody_gives_calls_the_next_level_and_goes_on_waiting() -> None:
    world = written()
    world.wait(minutes(10))
    assert (world.state.owner, world.state.level) == (RATNA, 1)
    assert world.states("setujui", "tayang") == ["waiting", "pending"]
    assert world.sent == []
    assert world.vote(SITI) is None
    assert len(world.did(PublishPost)) == 1


def test_an_approval_that_ends_unanswered_never_lets_the_words_out() -> None:
    expiring = replace(APPROVE, reactions={StepState.EXPIRED: Reaction(After.CONTINUE)})
    world = written(Office(replace(WHOLE, steps=tuple(expiring if s is APPROVE else s for s in ALL))))
    world.wait(minutes(11))
    assert world.states("setujui", "tayang", "balas") == ["expired", "skipped", "skipped"]
    assert why(world.vote(SITI)) is Why.STEP_OVER


def test_a_person_who_leaves_the_approval_out_leaves_the_words_out_too() -> None:
    world = written()
    no_reason = world.happen(Skipped(world.roster, "setujui", 1, SITI, " "))
    assert why(no_reason.refusal) is Why.NEEDS_REASON
    world.happen(Skipped(world.roster, "setujui", 1, SITI, "Sudah diumumkan pusat"))
    assert world.states("setujui", "tayang", "balas") == ["skipped", "skipped", "skipped"]
    assert world.sent == []


def test_a_skipped_draft_is_never_approved() -> None:
    world = taken()
    world.happen(Skipped(world.roster, "sikap", 1, RATNA, "tidak perlu"))
    world.answer("verifikasi", choice="salah")
    assert world.states("setujui", "tayang", "balas") == ["skipped", "skipped", "skipped"]


def test_a_channel_out_of_the_bots_reach_is_given_to_a_person() -> None:
    world = written()
    world.vote(SITI)
    assert [e.channel for _, e in world.did(PublishPost)] == [CHANNEL]
    assert world.told(What.POST_ASKED) == [{"step": "tayang", "channel": INSTAGRAM, "people": "ratna"}]
    assert why(world.settle(INSTAGRAM, PostState.SENT, ARI)) is Why.STEP_NOT_YOURS
    assert why(world.settle(INSTAGRAM, PostState.QUEUED, RATNA)) is Why.STEP_OVER
    assert world.settle(INSTAGRAM, PostState.SENT, RATNA) is None
    assert world.states("tayang") == ["waiting"]
    world.settle(CHANNEL, PostState.SENT)
    assert world.states("tayang", "balas") == ["done", "waiting"]


def test_an_unsure_post_waits_for_a_person_and_is_repeated_by_nobody_else() -> None:
    world = written()
    world.vote(SITI)
    world.settle(CHANNEL, PostState.UNCERTAIN)
    world.settle(INSTAGRAM, PostState.DROPPED, RATNA)
    world.wait(minutes(30))
    assert len(world.did(PublishPost)) == 1
    assert world.states("tayang") == ["waiting"]
    assert world.settle(CHANNEL, PostState.QUEUED, RATNA) is None
    assert len(world.did(PublishPost)) == 2
    assert why(world.settle(CHANNEL, PostState.QUEUED, RATNA)) is Why.STEP_OVER
    world.settle(CHANNEL, PostState.SENT)
    assert world.states("tayang") == ["done"]


def test_a_failed_post_waits_for_a_decision_unless_the_playbook_goes_on_without() -> None:
    world = written()
    world.vote(SITI)
    world.settle(INSTAGRAM, PostState.SENT, RATNA)
    world.settle(CHANNEL, PostState.FAILED)
    assert world.states("tayang") == ["waiting"]
    going_on = replace(POST, reactions={StepState.FAILED: Reaction(After.CONTINUE)})
    other = written(Office(replace(WHOLE, steps=tuple(going_on if s is POST else s for s in ALL))))
    other.vote(SITI)
    other.settle(INSTAGRAM, PostState.SENT, RATNA)
    other.settle(CHANNEL, PostState.FAILED)
    assert other.states("tayang", "balas") == ["done", "waiting"]


def test_the_last_look_lets_a_message_out_only_while_its_approval_stands() -> None:
    world = written()
    world.vote(SITI)
    assert may_go_out(world.state, "tayang", 1, CHANNEL) == world.run("sikap").letter
    for attempt, channel in ((2, CHANNEL), (1, INSTAGRAM), (1, "x")):
        assert may_go_out(world.state, "tayang", attempt, channel) is None
    world.happen(Resolved(world.roster, SITI, "selesai"))
    assert world.states("tayang") == ["cancelled"]
    assert may_go_out(world.state, "tayang", 1, CHANNEL) is None
    assert world.settle(CHANNEL, PostState.SENT) is None


def test_without_a_usable_template_a_person_writes() -> None:
    world = Office()
    world.fault = "Templat ini belum disetujui koordinator."
    written(world)
    assert world.states("sikap", "setujui") == ["waiting", "pending"]
    assert world.told(What.NOT_COMPOSED)[0]["reason"] == "Templat ini belum disetujui koordinator."
    world.fault = ""
    assert world.edit(RATNA, "Kami sedang memastikan.") is None
    letter = world.run("sikap").letter
    assert letter is not None
    assert (letter.text, letter.authors, letter.unedited) == ("Kami sedang memastikan.", (RATNA,), False)
    assert world.states("setujui") == ["waiting"]


def test_a_reply_goes_only_to_the_comments_that_were_listed_when_it_was_approved() -> None:
    world = written()
    letter = world.run("balas").letter
    assert letter is not None
    assert letter.recipients == COMMENTS
    assert world.edit(RATNA, "Terima kasih.", "balas") is None
    assert world.vote(SITI) is None
    assert world.vote(BAGUS) is None
    reply = world.run("balas").letter
    assert reply is not None
    assert (reply.text, reply.recipients) == ("Terima kasih.", COMMENTS)
    assert why(world.edit(RATNA, "Lain", "balas")) is Why.STEP_OVER


def test_a_reply_without_anybody_to_answer_is_left_out() -> None:
    world = Office(replace(WHOLE, steps=tuple(s for s in ALL if s is not REPLY)))
    written(world)
    assert "balas" not in world.seen("setujui")
    assert DRAFT.id in world.seen("setujui")


def test_words_of_a_drill_carry_its_mark() -> None:
    world = on_air(Office(drill=True))
    assert world.sent
    assert all(effect.drill for effect in world.sent)  # type: ignore[union-attr]  # both kinds have it


def test_a_reply_of_which_nobody_knew_is_sent_again_when_somebody_has_looked() -> None:
    world = on_air()
    for comment in COMMENTS:
        state = PostState.UNCERTAIN if comment == COMMENTS[0] else PostState.SENT
        if comment in {COMMENTS[3], COMMENTS[6]}:
            world.wait(minutes(1))
        world.settle(str(comment), state, step="balas")
    assert world.states("balas") == ["done"]
    assert world.settle(str(COMMENTS[0]), PostState.QUEUED, RATNA, step="balas") is None
    assert world.did(ReplyTo)[-1][1].comments == COMMENTS[:1]
    assert may_go_out(world.state, "balas", 1, str(COMMENTS[0])) is not None
    assert world.settle(str(COMMENTS[0]), PostState.SENT, step="balas") is None


def test_a_coordinator_may_look_while_the_owner_sleeps() -> None:
    world = written()
    world.vote(SITI)
    world.settle(CHANNEL, PostState.UNCERTAIN)
    assert world.settle(CHANNEL, PostState.SENT, SITI) is None
