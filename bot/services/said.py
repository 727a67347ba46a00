"""What a run said to the public: posts and replies of its steps, and replies to its cases beside them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.people import PersonId
from bot.domain.reply import ApprovedAs, Draft, text_sha
from bot.domain.run_types import RunState
from bot.domain.step_run import Letter, Post, PostState, StepRun, Verdict, Vote
from bot.domain.steps import Answer, Publish
from bot.services.ports import Parts
from bot.services.views_report import Said


def by_steps(state: RunState) -> Iterator[Said]:
    """Posts on channels one by one; the replies of a step together."""
    for step in state.playbook.steps:
        run = state.step_run(step.id)
        if run is None or not isinstance(step.uses, Publish | Answer):
            continue
        sent = [post for post in run.posts if post.state is PostState.SENT]
        letter = run.letter or _letter_behind(state, step.id)
        if not sent or letter is None:
            continue
        said = _of(letter, tuple(_approvals(state, step.id)), sent[0])
        if isinstance(step.uses, Answer):
            yield replace(said, answered=len(sent))
        else:
            yield from (replace(said, at=post.at, link=post.link, channel=post.channel) for post in sent)


def _of(letter: Letter, votes: tuple[Vote, ...], post: Post) -> Said:
    return Said(
        post.at,
        letter.text,
        f"{letter.template} v{letter.template_version}" if letter.template else "",
        letter.authors,
        tuple(vote.person for vote in votes),
        max((vote.at for vote in votes), default=None),
        "",
        text_sha(letter.text),
        0,
    )


def _behind(state: RunState, step_id: str) -> Iterator[StepRun]:
    """The runs of the steps that this one stands on, the nearest first."""
    waiting, seen = [step_id], {step_id}
    while waiting:
        step = state.playbook.step(waiting.pop(0))
        for name in step.needs if step is not None else ():
            run = state.step_run(name)
            if name not in seen and run is not None:
                seen.add(name)
                waiting.append(name)
                yield run


def _letter_behind(state: RunState, step_id: str) -> Letter | None:
    return next((run.letter for run in _behind(state, step_id) if run.letter is not None), None)


def _approvals(state: RunState, step_id: str) -> Iterable[Vote]:
    """The votes of the approval that it stands on."""
    for run in _behind(state, step_id):
        if run.votes:
            return [vote for vote in run.votes if vote.verdict is Verdict.APPROVE]
    return ()


async def by_drafts(read: Parts, drafts: Iterable[Draft], *, hidden: bool) -> list[Said]:
    """Replies that people wrote on the cases of the run."""
    return [await _of_draft(read, draft, hidden=hidden) for draft in drafts]


async def _of_draft(read: Parts, draft: Draft, *, hidden: bool) -> Said:
    kept = await read.comments.get(draft.comment_id)
    case = await read.cases.get(draft.case_id)
    hidden = hidden or draft.private or kept is None or case is None or case.sensitive
    approvers: tuple[PersonId, ...] = (draft.decided_by,) if draft.decided_by else ()
    return Said(
        draft.posted_at or draft.decided_at or draft.created_at,
        "" if hidden else draft.text,
        f"{draft.template_id} v{draft.template_version}" if draft.template_id else "",
        draft.authors,
        approvers,
        draft.decided_at,
        "" if hidden or kept is None else kept.comment.link,
        draft.sha,
        len(draft.posted_to) or 1,
        alone=draft.approved_as is ApprovedAs.ALONE,
    )
