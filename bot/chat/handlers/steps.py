"""Buttons of a playbook's steps and of a run as a whole, and the replies to the questions they ask."""

from collections.abc import Sequence

from bot.chat import step_actions as do
from bot.chat.handlers.doors import Doors
from bot.chat.words import steps as say
from bot.chat.words import toasts
from bot.domain.errors import NotFound, RunRefused
from bot.domain.incident import RunId
from bot.domain.letters import short_versions, versions_of
from bot.domain.outgoing import Prompt, to_person
from bot.domain.people import Action, PersonId
from bot.domain.playbook import Step
from bot.domain.run_effects import Why
from bot.domain.step_run import PostState, Verdict
from bot.services.tap import Tap
from bot.services.templates import short_name
from bot.services.views_steps import StepView

FORM, VOTE, LETTER, POST, SKIP, REPEAT, STAND_DOWN, MERGE = (
    "form",
    "vote",
    "letter",
    "post",
    "skip",
    "repeat",
    "stand_down",
    "merge",
)
PURPOSES = frozenset({FORM, VOTE, LETTER, POST, SKIP, REPEAT, STAND_DOWN, MERGE})
_SETTLED = {
    do.PostIsThere: (PostState.SENT, say.TOAST_POSTED),
    do.PostAgain: (PostState.QUEUED, say.TOAST_AGAIN),
    do.DropPost: (PostState.DROPPED, say.TOAST_DROPPED),
}


async def press(doors: Doors, action: do.StepAction, tap: Tap) -> str:
    """Does it and says what was done. Raises a Refused."""
    await _must_be_this_attempt(doors, action)
    match action:
        case do.ChooseAnswer() | do.FillField() | do.SubmitForm():
            return await _fill(doors, action, tap)
        case do.ApproveLetters() | do.ReturnLetters() | do.RejectLetters() | do.EditLetter():
            return await _decide(doors, action, tap)
        case do.PostedByHand() | do.PostIsThere() | do.PostAgain() | do.DropPost():
            return await _post(doors, action, tap)
        case do.SkipStep() | do.RepeatFrom() | do.ReleaseHeld():
            return await _steer(doors, action, tap)


async def _must_be_this_attempt(doors: Doors, action: do.OnStep) -> None:
    """A button of an earlier round asks no questions that nobody could use the answer to."""
    state = await doors.services.incidents.state(RunId(action.run))
    step = await _step(doors, RunId(action.run), action.step)
    run = state.step_run(step.id)
    if run is not None and run.attempt != action.attempt:
        raise RunRefused(Why.STEP_OVER)


async def _fill(doors: Doors, action: do.ChooseAnswer | do.FillField | do.SubmitForm, tap: Tap) -> str:
    forms = doors.services.steps.forms
    match action:
        case do.ChooseAnswer(_, step, attempt, choice):
            given = await forms.choose(tap, step, attempt, choice)
            return say.TOAST_SENT if given else say.TOAST_CHOSEN
        case do.FillField(_, step, attempt, number):
            await forms.ask(tap, step, attempt, number)
            return say.TOAST_FILL
        case do.SubmitForm(_, step, attempt):
            await forms.submit(tap, step, attempt)
            return say.TOAST_SENT


async def _decide(
    doors: Doors, action: do.ApproveLetters | do.ReturnLetters | do.RejectLetters | do.EditLetter, tap: Tap
) -> str:
    view = await _view(doors, action, tap)
    if isinstance(action, do.EditLetter):
        found = next((letter for step, letter in view.letters if step == view.step.id), view.run.letter)
        if (found.version if found is not None else 0) != action.version:
            raise RunRefused(Why.WORDS_CHANGED)
        purpose = f"{LETTER}:{action.run}:{action.step}:{action.attempt}:{action.version}"
        now = {"run": action.run, "text": found.text if found is not None else ""}
        await _ask(doors, tap, Action.DRAFT, "edit_letter", purpose, now)
        return toasts.READ_BELOW
    if short_versions(view.letters) != action.seen:
        raise RunRefused(Why.WORDS_CHANGED)
    if isinstance(action, do.ApproveLetters):
        await doors.services.steps.deeds.vote(
            tap, view.step.id, action.attempt, Verdict.APPROVE, versions_of(view.letters), ""
        )
        return say.TOAST_APPROVED
    verdict = Verdict.RETURN if isinstance(action, do.ReturnLetters) else Verdict.REJECT
    purpose = f"{VOTE}:{action.run}:{action.step}:{action.attempt}:{action.seen}:{verdict}"
    may = Action.RETURN if verdict is Verdict.RETURN else Action.REJECT
    await _ask(doors, tap, may, f"vote_{verdict}", purpose, {"run": action.run})
    return toasts.NOTE_ASKED


async def _post(
    doors: Doors, action: do.PostedByHand | do.PostIsThere | do.PostAgain | do.DropPost, tap: Tap
) -> str:
    view = await _view(doors, action, tap)
    channel = _channel(view, action.post)
    if isinstance(action, do.PostedByHand):
        purpose = f"{POST}:{action.run}:{action.step}:{action.attempt}:{action.post}"
        await _ask(doors, tap, Action.SUBMIT, "post_link", purpose, {"channel": say.channel(channel)})
        return toasts.READ_BELOW
    state, toast = _SETTLED[type(action)]
    await doors.services.steps.deeds.settle(tap, view.step.id, action.attempt, channel, state, "")
    return toast


def _channel(view: StepView, number: int) -> str:
    if not 0 <= number < len(view.run.posts):
        raise NotFound("post", str(number))
    return view.run.posts[number].channel


async def _steer(doors: Doors, action: do.SkipStep | do.RepeatFrom | do.ReleaseHeld, tap: Tap) -> str:
    step = await _step(doors, RunId(action.run), action.step)
    if isinstance(action, do.ReleaseHeld):
        await doors.services.steps.deeds.release(tap, step.id)
        return say.TOAST_RELEASED
    kind, what = (SKIP, "skip_step") if isinstance(action, do.SkipStep) else (REPEAT, "repeat_from")
    purpose = f"{kind}:{action.run}:{action.step}:{action.attempt}"
    await _ask(doors, tap, Action.ANSWER_QUESTION, what, purpose, {"step": step.name})
    return say.TOAST_SKIP


async def course(doors: Doors, action: do.CourseAction, tap: Tap) -> str:
    """What is done to a run as a whole."""
    deeds = doors.services.steps.deeds
    match action:
        case do.OfferRun(to=short):
            names = doors.services.team.names
            to = next((PersonId(one) for one in names if short_name(one) == short), None)
            if to is None:
                raise NotFound("person", short)
            await deeds.offer_hand_over(tap, to)
            return say.TOAST_OFFERED
        case do.AcceptRun():
            await deeds.answer_hand_over(tap, True)
            return say.TOAST_ACCEPTED
        case do.DeclineRun():
            await deeds.answer_hand_over(tap, False)
            return say.TOAST_DECLINED
        case do.MergeInto():
            return await _merge(doors, action, tap)
        case do.StandDown():
            purpose = f"{STAND_DOWN}:{action.run}:{action.epoch}"
            await _ask(doors, tap, Action.ESCALATE, "stand_down", purpose, {"run": action.run})
            return toasts.REASON_ASKED


async def _merge(doors: Doors, action: do.MergeInto, tap: Tap) -> str:
    """Joins them, or asks for the reason that a limit set by law needs."""
    try:
        await doors.services.steps.deeds.merge(tap, RunId(action.into), "")
    except RunRefused as no:
        if no.why != Why.NEEDS_REASON:
            raise
        purpose = f"{MERGE}:{action.run}:{action.epoch}:{action.into}"
        await _ask(
            doors, tap, Action.CLOSE_INCIDENT, "merge", purpose, {"run": action.run, "into": action.into}
        )
        return toasts.REASON_ASKED
    return say.TOAST_MERGED


async def answered(doors: Doors, kind: str, words: Sequence[str], tap: Tap, text: str) -> None:
    """A reply to one of the questions above; `words` is the rest of its purpose, written by `_ask`."""
    deeds = doors.services.steps.deeds
    run = RunId(tap.target)
    if kind in {STAND_DOWN, MERGE}:
        await _reasoned(doors, kind, words, tap, text)
        return
    place, attempt = int(words[1]), int(words[2])
    if kind == FORM:
        await doors.services.steps.forms.fill(tap, place, attempt, int(words[3]), text)
        return
    step = await _step(doors, run, place)
    match kind:
        case "vote":
            view = await _read(doors, run, step.id, attempt, tap.person.id)
            if short_versions(view.letters) != words[3]:
                raise RunRefused(Why.WORDS_CHANGED)
            verdict, versions = Verdict(words[4]), versions_of(view.letters)
            await deeds.vote(tap, step.id, attempt, verdict, versions, text)
        case "letter":
            await deeds.edit(tap, step.id, attempt, int(words[3]), text)
        case "post":
            view = await _read(doors, run, step.id, attempt, tap.person.id)
            channel = _channel(view, int(words[3]))
            await deeds.settle(tap, step.id, attempt, channel, PostState.SENT, text)
        case "skip":
            await deeds.skip(tap, step.id, attempt, text)
        case _:
            await deeds.jump(tap, step.id, text)


async def _reasoned(doors: Doors, kind: str, words: Sequence[str], tap: Tap, text: str) -> None:
    """Why something is done to the run as a whole; of a merge the last word is the run that goes on."""
    deeds = doors.services.steps.deeds
    if kind == STAND_DOWN:
        await deeds.stand_down(tap, text)
    else:
        await deeds.merge(tap, RunId(int(words[2])), text)


async def _view(doors: Doors, action: do.OnStep, tap: Tap) -> StepView:
    step = await _step(doors, RunId(action.run), action.step)
    return await _read(doors, RunId(action.run), step.id, action.attempt, tap.person.id)


async def _read(doors: Doors, run: RunId, step: str, attempt: int, person: PersonId) -> StepView:
    view = await doors.services.steps.desk.step(run, step, attempt, person)
    if view is None:
        raise NotFound("run", str(run))
    return view


async def _step(doors: Doors, run: RunId, place: int) -> Step:
    state = await doors.services.incidents.state(run)
    if not 0 <= place < len(state.playbook.steps):
        raise NotFound("step", str(place))
    return state.playbook.steps[place]


async def _ask(
    doors: Doors, tap: Tap, may: Action, what: str, purpose: str, params: dict[str, object]
) -> None:
    """In the presser's own chat: what is said of an incident is not for every eye in the group. Nobody is
    asked for words that they may not act by: the right is looked up before, and again when they come.
    """
    state = await doors.services.incidents.state(RunId(tap.target))
    await doors.services.team.require(tap.person, may, paged=state.was_called(tap.person.id))
    if not state.phase.going_on:
        raise RunRefused(Why.CLOSED)
    said = {**params, "drill": True} if state.incident.drill else params
    prompt = Prompt(to_person(tap.person.id), what, tap.person.id, purpose, said)
    async with doors.store.transaction() as tx:
        await tx.outbox.put(f"{tap.cause}:prompt", prompt, tap.at)
