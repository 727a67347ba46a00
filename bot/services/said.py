"""What a run said to the public: kept word by word when it stands there, because a step may begin anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain import letters
from bot.domain.people import PersonId
from bot.domain.playbook import Step
from bot.domain.reply import ApprovedAs, Draft, text_sha
from bot.domain.run_effects import Announce, Decision, TimelineEntry
from bot.domain.run_types import RunState, What
from bot.domain.step_run import StepRun, Verdict, Vote
from bot.services.ports import Parts
from bot.services.report_rows import SaidRow
from bot.services.views_report import Said


async def keep(tx: Parts, decision: Decision, now: datetime) -> None:
    """A row for every post, and one for the replies of a step; in the transaction that decided it."""
    state = decision.state
    for effect in decision.effects:
        if not isinstance(effect, Announce | TimelineEntry):
            continue
        if effect.kind in {What.PUBLISHED, What.HOLDING_POSTED, What.REPLIED}:
            row = _row(state, dict(effect.params), now)
            if row is not None:
                await tx.reports.keep_said(state.incident.id, row)


def _row(state: RunState, params: dict[str, str], now: datetime) -> SaidRow | None:
    step = state.playbook.step(params.get("step", ""))
    run = state.step_run(step.id) if step is not None else None
    if step is None or run is None or run.letter is None:
        return None
    votes = _votes(state, step)
    letter = run.letter
    return SaidRow(
        step.id,
        run.attempt,
        params.get("channel", ""),
        now,
        letter.text,
        f"{letter.template} v{letter.template_version}" if letter.template else "",
        letter.authors,
        tuple(vote.person for vote in votes),
        max((vote.at for vote in votes), default=None),
        params.get("link", ""),
        int(params.get("count", "0")),
    )


def _votes(state: RunState, step: Step) -> list[Vote]:
    """The approvals of exactly these words."""
    found: list[Vote] = []
    for name in letters.approvals_before(state.playbook, step):
        approve, run = state.playbook.step(name), state.step_run(name)
        if approve is not None and run is not None:
            found += _counted(run, letters.letters_of(state, approve))
    return sorted(found, key=lambda vote: vote.at)


def _counted(run: StepRun, words: letters.Covered) -> Iterable[Vote]:
    people, versions = letters.votes_for(run, words), letters.versions_of(words)
    return (
        vote
        for vote in run.votes
        if vote.person in people and vote.verdict is Verdict.APPROVE and vote.versions == versions
    )


def of_row(row: SaidRow, *, hidden: bool) -> Said:
    """As the report shows it."""
    said = Said(
        row.at,
        row.text,
        row.source,
        row.authors,
        row.approvers,
        row.approved_at,
        row.link,
        text_sha(row.text),
        row.answered,
        channel=row.channel,
    )
    return replace(said, text="", link="") if hidden else said


async def of_draft(read: Parts, draft: Draft, *, hidden: bool) -> Said:
    """A reply that people wrote on a case of the run."""
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
