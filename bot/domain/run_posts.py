"""Approved words on their way to the public: on channels, and under comments at a set pace."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain import lease, run_ends
from bot.domain.comment import CommentId
from bot.domain.letters import words_for
from bot.domain.playbook import After, Step
from bot.domain.run_effects import Refusal, Why
from bot.domain.run_events import PostSettled
from bot.domain.run_types import RunState, TimerKind, What
from bot.domain.step_effects import PublishPost, ReplyTo
from bot.domain.step_run import Letter, Post, PostState, StepRun
from bot.domain.step_state import StepState
from bot.domain.step_turn import arm, begin, done, give, holders, holds, is_theirs, redraw
from bot.domain.steps import Answer, Publish
from bot.domain.turn import Turn

_A_MINUTE = timedelta(minutes=1)


def start(turn: Turn, step: Step, publish: Publish, run: StepRun) -> None:
    """Send to every channel where the words do not stand yet. Where the bot has no way, a person is asked."""
    # What surely did not arrive in an earlier attempt is sent anew.
    run = replace(begin(turn, step, run), letter=words_for(turn.state, step), posts=run_ends.in_doubt(run))
    by_hand: list[str] = []
    for channel in publish.to:
        if run.post_on(channel) is not None:
            continue
        state = PostState.QUEUED if channel in turn.roster.channels else PostState.ASKED
        run = replace(run, posts=(*run.posts, Post(channel, state, turn.now)))
        if state is PostState.QUEUED:
            turn.do(PublishPost(step.id, run.attempt, channel, publish.pin))
        else:
            by_hand.append(channel)
    turn.put_step(run)
    if by_hand or any(post.state is PostState.UNCERTAIN for post in run.posts):
        _ask(turn, step, run, by_hand)
    _look(turn, step)


def _ask(turn: Turn, step: Step, run: StepRun, by_hand: Sequence[str]) -> None:
    people = holders(turn, step)
    if by_hand:
        turn.announce(What.POST_ASKED, step=step.id, channel=tuple(by_hand), people=people)
    give(turn, step, run, people)


def start_reply(turn: Turn, step: Step, answer: Answer, run: StepRun) -> None:
    """Answer the first comments; the others follow at the playbook's pace."""
    turn.put_step(replace(begin(turn, step, run), posts=run_ends.in_doubt(run)))
    next_batch(turn, step, answer)


def next_batch(turn: Turn, step: Step, answer: Answer) -> None:
    """As many as the pace allows: only comments that were listed when the words were approved."""
    run = turn.state.step_run(step.id)
    if run is None or run.letter is None:
        return
    known = {post.channel for post in run.posts}
    left = [comment for comment in run.letter.recipients if str(comment) not in known]
    batch = tuple(left[: answer.max_per_minute])
    posts = tuple(Post(str(comment), PostState.QUEUED, turn.now) for comment in batch)
    run = replace(run, posts=(*run.posts, *posts))
    if len(left) > len(batch):
        run = arm(turn, run, TimerKind.ROUND, turn.now + _A_MINUTE)
    turn.put_step(run)
    if batch:
        turn.do(ReplyTo(step.id, run.attempt, batch))
    _look(turn, step)


def settled(turn: Turn, event: PostSettled) -> Refusal | None:
    """What became of one message: as the platform says, or as a person does who may."""
    step, run = turn.state.playbook.step(event.step), turn.state.step_run(event.step)
    if step is None or run is None or not isinstance(step.uses, Publish | Answer):
        return Refusal(Why.NO_SUCH_STEP)
    post = run.post_on(event.channel)
    if post is None or (event.attempt != run.attempt and post.state is not PostState.UNCERTAIN):
        return _of_an_earlier_attempt(turn, step, event)
    refusal = _not_to_be_settled(turn, step, run, post, event)
    if refusal is not None:
        return refusal
    new = Post(post.channel, event.state, turn.now, event.link or post.link, event.by)
    run = replace(run, posts=tuple(new if one.channel == post.channel else one for one in run.posts))
    turn.put_step(run)
    if event.by is not None:
        lease.extend(turn, event.by)
    if event.state is PostState.QUEUED:
        _send_again(turn, step, run, event)
    else:
        _tell(turn, step, event)
    if turn.state.phase.going_on:  # of a closed run it is only noted
        _after(turn, step, run, event)
        _look(turn, step)
    return None


def _of_an_earlier_attempt(turn: Turn, step: Step, event: PostSettled) -> Refusal | None:
    """Words that were begun anew stand there after all: the story says so, the new ones go their own way."""
    if event.state is not PostState.SENT or event.by is not None:
        return Refusal(Why.STEP_OVER)
    _tell(turn, step, event)
    return None


_BY_THE_BOT = {PostState.SENT, PostState.FAILED, PostState.UNCERTAIN}
_BY_A_PERSON = {
    PostState.ASKED: {PostState.SENT, PostState.DROPPED},
    PostState.FAILED: {PostState.SENT, PostState.DROPPED, PostState.QUEUED},
    PostState.UNCERTAIN: {PostState.SENT, PostState.DROPPED, PostState.QUEUED},
}


def _not_to_be_settled(
    turn: Turn, step: Step, run: StepRun, post: Post, event: PostSettled
) -> Refusal | None:
    if event.by is None:
        open_ = post.state in {PostState.QUEUED, PostState.UNCERTAIN} and event.state in _BY_THE_BOT
        return None if open_ else Refusal(Why.STEP_OVER)
    if event.attempt != run.attempt or event.state not in _BY_A_PERSON.get(post.state, set()):
        return Refusal(Why.STEP_OVER, post.by)
    again = event.state is PostState.QUEUED
    if again and (words_for(turn.state, step) is None or not _on_its_way(turn.state, run)):
        return Refusal(Why.STEP_OVER, run.by)
    # Whoever may take a run uncalled may also look whether its words stand there: the owner may be asleep.
    theirs = event.by in turn.roster.responders or is_theirs(turn, step, run, event.by)
    return None if theirs else Refusal(Why.STEP_NOT_YOURS)


def _on_its_way(state: RunState, run: StepRun) -> bool:
    """A reply whose fate was unknown may be sent again after its step is done: it held nothing up."""
    return state.phase.going_on and run.state in {StepState.WAITING, StepState.DONE}


def _send_again(turn: Turn, step: Step, run: StepRun, event: PostSettled) -> None:
    """A person has looked and it is not there."""
    if isinstance(step.uses, Publish):
        turn.do(PublishPost(step.id, run.attempt, event.channel, step.uses.pin))
    elif run.letter is not None:
        turn.do(ReplyTo(step.id, run.attempt, _comment(run.letter, event.channel)))
    redraw(turn, run)


def _comment(letter: Letter, channel: str) -> tuple[CommentId, ...]:
    return tuple(one for one in letter.recipients if str(one) == channel)


def _tell(turn: Turn, step: Step, event: PostSettled) -> None:
    """On a channel each post is news; of replies under comments only the sum is."""
    what = _STORY.get(event.state)
    if what is None:
        return
    named = {"step": step.id, "channel": event.channel, "link": event.link or None, "person": event.by}
    if isinstance(step.uses, Publish):
        turn.announce(_as_told(turn, step.uses) if what is What.PUBLISHED else what, **named)
    elif event.state is not PostState.SENT:
        turn.tell(what, **named)


def _as_told(turn: Turn, publish: Publish) -> What:
    """Whether these are the correct words by now, or a holding statement that stops no clock."""
    if publish.correct_when is not None and not holds(turn, publish.correct_when):
        return What.HOLDING_POSTED
    if turn.state.informed_at is None:
        turn.change(informed_at=turn.now)
    return What.PUBLISHED


_STORY = {
    PostState.SENT: What.PUBLISHED,
    PostState.FAILED: What.POST_FAILED,
    PostState.UNCERTAIN: What.POST_UNCERTAIN,
}


def _after(turn: Turn, step: Step, run: StepRun, event: PostSettled) -> None:
    """What did not surely arrive goes to a person, or where the playbook says."""
    if event.state is PostState.QUEUED:
        return
    if event.state is PostState.UNCERTAIN:
        give(turn, step, run, holders(turn, step))
    elif event.state is PostState.FAILED and isinstance(step.uses, Publish):
        wanted = run_ends.reaction(turn, step, StepState.FAILED).what
        if wanted is After.GOTO:
            run_ends.badly(turn, step, run, StepState.FAILED)
        elif wanted in _A_PERSON_DECIDES:
            give(turn, step, run, holders(turn, step))
        if wanted is After.ESCALATE:
            run_ends.escalate(turn, step.id)
    else:
        redraw(turn, run)


_A_PERSON_DECIDES = {After.ASK_HUMAN, After.ESCALATE}


def _look(turn: Turn, step: Step) -> None:
    """Once nothing is on its way or waits for a person any more, the step is over."""
    run = turn.state.step_run(step.id)
    if run is None or run.state not in {StepState.WAITING, StepState.EXPIRED} or _open(turn, step, run):
        return
    states = {post.state for post in run.posts}
    sent = sum(post.state is PostState.SENT for post in run.posts)
    if isinstance(step.uses, Answer) and sent:
        turn.announce(What.REPLIED, step=step.id, count=sent)
    if sent or PostState.UNCERTAIN in states:
        done(turn, run)
    elif PostState.FAILED in states:
        turn.announce(What.STEP_FAILED, step=step.id)
        run_ends.badly(turn, step, run, StepState.FAILED)
    else:
        turn.put_step(replace(run, state=StepState.SKIPPED))
        turn.tell(What.STEP_SKIPPED, step=step.id)


def _open(turn: Turn, step: Step, run: StepRun) -> bool:
    states = {post.state for post in run.posts}
    if isinstance(step.uses, Answer):
        recipients = run.letter.recipients if run.letter is not None else ()
        known = {post.channel for post in run.posts}
        return PostState.QUEUED in states or any(str(one) not in known for one in recipients)
    if states & {PostState.QUEUED, PostState.ASKED, PostState.UNCERTAIN}:
        return True
    decides = run_ends.reaction(turn, step, StepState.FAILED).what in _A_PERSON_DECIDES
    return PostState.FAILED in states and decides


def may_go_out(state: RunState, step_id: str, attempt: int, channel: str) -> Letter | None:
    """The last look before one message leaves: its words, if every approval still stands for them."""
    step, run = state.playbook.step(step_id), state.step_run(step_id)
    if step is None or run is None or run.attempt != attempt or not _on_its_way(state, run):
        return None
    post = run.post_on(channel)
    if post is None or post.state is not PostState.QUEUED or run.letter is None:
        return None
    return run.letter if words_for(state, step) == run.letter else None
