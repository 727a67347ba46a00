"""What a run keeps beside its state: evidence, snapshots, holds; and what the journal says of an event."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.comment import CommentId, KeptComment
from bot.domain.covering import cover
from bot.domain.incident import RunId
from bot.domain.journal import Entry
from bot.domain.outgoing import SendState
from bot.domain.outgoing_steps import PublicPost, RunReply
from bot.domain.reply import text_sha
from bot.domain.run_effects import Decision
from bot.domain.run_events import Answered, Composed, Edited, Event, PostSettled, Skipped, Voted
from bot.domain.run_types import RunState
from bot.domain.step_effects import Hold, Release, TakeSnapshot
from bot.domain.step_run import CHOICE, PostState
from bot.domain.steps import Answer, Snapshot
from bot.services import curtain
from bot.services.ports import Parts
from bot.services.run_comments import comments_of
from bot.services.step_rows import Kept


async def put_evidence(tx: Parts, run: RunId, comments: Iterable[KeptComment], now: datetime) -> None:
    """These comments belong to the run; one that does already stays as it was."""
    for kept in comments:
        await tx.runs.add_evidence(run, kept.id, text_sha(kept.comment.text), now)


async def keep(tx: Parts, decision: Decision, cause: str, now: datetime) -> None:
    """Snapshots and holds. An exercise holds nothing back: what citizens are told goes on as ever."""
    state = decision.state
    run = state.incident.id
    for effect in decision.effects:
        match effect:
            case TakeSnapshot(step):
                await _snapshot(tx, state, step, cause, now)
            case Hold(step, scope) if not state.incident.drill:
                await tx.steps.hold(run, step, scope, now)
            case Release(step):
                await tx.steps.release(run, step)
            case _:
                continue
    await curtain.fall(tx, state, now)


_LOOKED: Mapping[PostState, SendState] = {
    PostState.SENT: SendState.SENT,
    PostState.DROPPED: SendState.DROPPED,
    PostState.QUEUED: SendState.DROPPED,
}
"""What a person found: it stands there, or it does not; what is sent once more is a message of its own."""


async def looked(tx: Parts, state: RunState, event: PostSettled, now: datetime) -> None:
    """Once a person has looked, no unsure message waits for a look any more."""
    step, run = state.playbook.step(event.step), state.incident.id
    if event.by is None or step is None:
        return
    words: PublicPost | RunReply = PublicPost(run, event.step, event.attempt, event.channel)
    if isinstance(step.uses, Answer):
        words = RunReply(run, event.step, event.attempt, CommentId(int(event.channel)))
    await tx.steps.looked_at(words, _LOOKED[event.state], now)


async def _snapshot(tx: Parts, state: RunState, step_id: str, cause: str, now: datetime) -> None:
    """What the step is about as it reads now. The journal keeps the sum over all hashes, so that no row can
    be put in or taken out later without a trace; also where the step keeps no hash beside the words.
    """
    run, kept_run = state.incident.id, state.step_run(step_id)
    step = state.playbook.step(step_id)
    if step is None or not isinstance(step.uses, Snapshot):
        raise LookupError(f"step {step_id} takes no snapshot")
    attempt = kept_run.attempt if kept_run is not None else 1
    digest, count = hashlib.sha256(), 0
    for kept in await comments_of(tx, run, step.uses.of):
        sha = text_sha(kept.comment.text)
        await tx.steps.keep(run, step_id, attempt, _kept(kept, sha, step.uses), now)
        digest.update(f"{kept.id} {sha}\n".encode())
        count += 1
    detail: dict[str, object] = {"step": step_id, "count": count, "sha256": digest.hexdigest()}
    await tx.journal.write(Entry(now, "bot", "snapshot", f"run:{run}", cause, detail))


def _kept(kept: KeptComment, sha: str, asked: Snapshot) -> Kept:
    """Only what the playbook asks to keep, with what it names covered."""
    comment = kept.comment
    return Kept(
        kept.id,
        sha if "sha256" in asked.keep else "",
        cover(comment.text, asked.mask, comment.author.name) if "text" in asked.keep else "",
        comment.link if "link" in asked.keep else "",
    )


def witnessed(event: Event) -> dict[str, object]:
    """What the journal says of an event besides who and when: which step, which words, seen in which version.

    Texts stand as their hash: the journal is kept for ever, and people write names into forms.
    """
    match event:
        case Answered(step=step, attempt=attempt, answers=answers):
            told: dict[str, object] = {
                name: value if name == CHOICE else text_sha(value) for name, value in answers
            }
            said: dict[str, object] = {"step": step, "attempt": attempt, "answers": told}
        case Voted(step=step, attempt=attempt, verdict=verdict, versions=versions):
            said = {"step": step, "attempt": attempt, "verdict": verdict, "versions": versions}
        case Edited(step=step, attempt=attempt, version=version, text=text):
            said = {"step": step, "attempt": attempt, "version": version, "sha256": text_sha(text)}
        case Composed(step=step, attempt=attempt, letter=letter):
            sha = text_sha(letter.text) if letter is not None else ""
            said = {"step": step, "attempt": attempt, "sha256": sha}
        case PostSettled(step=step, attempt=attempt, channel=channel, state=state, link=link):
            said = {"step": step, "attempt": attempt, "channel": channel, "state": state}
            said["link_sha256"] = text_sha(link) if link else ""
        case Skipped(step=step, attempt=attempt):
            said = {"step": step, "attempt": attempt}
        case _:
            said = {}
    return said
