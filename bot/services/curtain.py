"""The end of an exercise, in the transaction that closes its run: nothing more comes, and it is looked at."""

from dataclasses import replace
from datetime import datetime

from bot.domain.incident import RunId
from bot.domain.run_types import RunState
from bot.services.ports import Parts

SCENE, END = "drill_scene", "drill_end"


def subject_of(run: RunId) -> str:
    """The timers of this exercise."""
    return f"drill:{run}"


async def fall(tx: Parts, state: RunState, now: datetime) -> None:
    """Brings the end forward where the run is closed. Does nothing once it was told."""
    subject = subject_of(state.incident.id)
    if state.phase.going_on or not state.incident.drill:
        return
    ends = [timer for timer in await tx.timers.open(subject) if timer.kind == END]
    await tx.timers.cancel_all(subject)
    for end in ends:
        await tx.timers.set(replace(end, due_at=now))
