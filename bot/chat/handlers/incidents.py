"""Buttons of pages and incident cards."""

from bot.chat.actions import (
    Acknowledge,
    FalseAlarm,
    RaisePage,
    ResolveRun,
    RunAction,
    StillHandling,
    TakeOverRun,
    TickItem,
)
from bot.chat.handlers.doors import Doors
from bot.chat.words import toasts
from bot.domain.errors import RunRefused
from bot.domain.incident import RunId
from bot.domain.outgoing import Prompt, to_person
from bot.domain.run_effects import Why
from bot.services.tap import Tap

RESOLVE, FALSE_ALARM = "resolve", "false_alarm"


async def press(doors: Doors, action: RunAction, tap: Tap) -> str:
    """Does it and says what was done. Raises a Refused."""
    match action:
        case Acknowledge():
            await doors.services.incidents.acknowledge(tap)
            return toasts.ACKNOWLEDGED
        case RaisePage():
            await doors.services.incidents.raise_(tap)
            return toasts.RAISED
        case TakeOverRun():
            await doors.services.incidents.take_over(tap)
            return toasts.TAKEN_OVER
        case StillHandling():
            await doors.services.incidents.still_handling(tap)
            return toasts.STILL
        case TickItem(step=step, item=item):
            await _must_be_current(doors, tap)
            await doors.services.incidents.tick(tap, step, item)
            return toasts.TICKED
        case ResolveRun() | FalseAlarm():
            return await _close(doors, action, tap)


async def _close(doors: Doors, action: ResolveRun | FalseAlarm, tap: Tap) -> str:
    """Closes, or asks for the reason that closing needs."""
    verb = RESOLVE if isinstance(action, ResolveRun) else FALSE_ALARM
    try:
        await close(doors, verb, tap, "")
    except RunRefused as no:
        if no.why != Why.NEEDS_REASON:
            raise
        await _ask_reason(doors, verb, tap)
        return toasts.REASON_ASKED
    return toasts.RESOLVED


async def close(doors: Doors, verb: str, tap: Tap, reason: str) -> None:
    """Ends the run as `verb` says. An old button ends nothing: the run may have been opened anew since."""
    await _must_be_current(doors, tap)
    if verb == RESOLVE:
        await doors.services.incidents.resolve(tap, reason)
    else:
        await doors.services.incidents.false_alarm(tap, reason)


async def _must_be_current(doors: Doors, tap: Tap) -> None:
    state = await doors.services.incidents.state(RunId(tap.target))
    if state.epoch != tap.seen:
        last = state.last
        raise RunRefused(
            Why.STALE, (last.by or "") if last else "", last.what if last else "", last.at if last else None
        )


async def _ask_reason(doors: Doors, verb: str, tap: Tap) -> None:
    """In the presser's own chat: what is said of an incident is not for every eye in the group."""
    state = await doors.services.incidents.state(RunId(tap.target))
    prompt = Prompt(
        to_person(tap.person.id),
        f"{verb}_reason",
        tap.person.id,
        f"{verb}:{tap.target}:{tap.seen}",
        {"run": tap.target, "drill": state.incident.drill},
    )
    async with doors.store.transaction() as tx:
        await tx.outbox.put(f"{tap.cause}:prompt", prompt, tap.at)
