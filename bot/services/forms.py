"""Forms of a playbook's steps, filled line by line in somebody's own chat: a choice is a button, the rest are
replies. What is typed is checked at once, kept at once, and sent when its writer says so.
"""

from typing import Protocol

from bot.domain import form
from bot.domain.errors import NotFound, RunRefused
from bot.domain.incident import RunId
from bot.domain.outgoing import Prompt, to_person
from bot.domain.outgoing_steps import RedrawStep
from bot.domain.people import Action
from bot.domain.playbook import Step
from bot.domain.run_effects import Why
from bot.domain.step_run import CHOICE, Answers
from bot.domain.steps import Ask, Field
from bot.services.incidents import Incidents
from bot.services.ports import Parts, Store
from bot.services.tap import Tap
from bot.services.views_steps import fields_of, takes_answers

_ASK, _REQUEST = Action.ANSWER_QUESTION, Action.ANSWER_REQUEST


class TakesAnswers(Protocol):
    async def answer(self, tap: Tap, step: str, attempt: int, answers: Answers) -> None: ...


class Forms:
    """Everything up to the answer; the answer itself is the incident's."""

    def __init__(self, store: Store, incidents: Incidents, deeds: TakesAnswers) -> None:
        self._store = store
        self._incidents = incidents
        self._deeds = deeds

    async def choose(self, tap: Tap, place: int, attempt: int, choice: int) -> bool:
        """One of the choices. Whether that was all, so that the answer is given."""
        if await self._was_sent(tap):
            return True
        step = await self._step(tap, place, attempt)
        choices = step.uses.choices if isinstance(step.uses, Ask) else ()
        if not 0 <= choice < len(choices):
            raise NotFound("choice", str(choice))
        chosen = ((CHOICE, choices[choice][0]),)
        if not fields_of(step):
            await self._deeds.answer(tap, step.id, attempt, chosen)
            return True
        await self._keep(tap, step, attempt, chosen)
        return False

    async def ask(self, tap: Tap, place: int, attempt: int, number: int) -> None:
        """Ask for this line, also to change what stands there."""
        step = await self._step(tap, place, attempt)
        fields = fields_of(step)
        if not 0 <= number < len(fields):
            raise NotFound("field", str(number))
        async with self._store.transaction() as tx:
            await self._prompt(tx, tap, step, attempt, number)

    async def fill(self, tap: Tap, place: int, attempt: int, number: int, typed: str) -> None:
        """A line came back. Raises FieldFault where it cannot be kept; then nothing has changed."""
        step = await self._step(tap, place, attempt)
        given = await self._store.read.forms.get(RunId(tap.target), step.id, attempt, tap.person.id)
        fields = fields_of(step, dict(given).get(CHOICE, ""))
        if not 0 <= number < len(fields):
            raise NotFound("field", str(number))
        await self._keep(tap, step, attempt, ((fields[number].id, form.read(fields[number], typed)),))

    async def submit(self, tap: Tap, place: int, attempt: int) -> None:
        """Send what was filled. Raises FieldFault where a line is missing."""
        if await self._was_sent(tap):
            return
        step = await self._step(tap, place, attempt)
        given = await self._store.read.forms.get(RunId(tap.target), step.id, attempt, tap.person.id)
        choice = tuple(pair for pair in given if pair[0] == CHOICE)
        if isinstance(step.uses, Ask) and step.uses.choices and not choice:
            raise form.FieldFault(CHOICE, form.Why.EMPTY)
        fields = fields_of(step, dict(given).get(CHOICE, ""))
        await self._deeds.answer(tap, step.id, attempt, (*choice, *form.checked(fields, given)))

    async def _was_sent(self, tap: Tap) -> bool:
        """The very press that gave the answer comes again after a crash; nothing waits for it any more."""
        has = self._store.read.journal.has
        return await has(tap.cause, f"run_{_ASK}") or await has(tap.cause, f"run_{_REQUEST}")

    async def _keep(self, tap: Tap, step: Step, attempt: int, more: Answers) -> None:
        """Add these values, then ask for the next line that is open, or show that the form is complete."""
        run, person = RunId(tap.target), tap.person.id
        async with self._store.transaction() as tx:
            given = {**dict(await tx.forms.get(run, step.id, attempt, person)), **dict(more)}
            await tx.forms.put(run, step.id, attempt, person, tuple(given.items()), tap.at)
            redraw = RedrawStep(run, step.id, attempt, person)
            await tx.outbox.put(f"{tap.cause}:form", redraw, tap.at)
            fields = fields_of(step, given.get(CHOICE, ""))
            left = [at for at, field in enumerate(fields) if form.is_open(field, given)]
            if left:
                await self._prompt(tx, tap, step, attempt, left[0])

    async def _prompt(self, tx: Parts, tap: Tap, step: Step, attempt: int, number: int) -> None:
        given = dict(await tx.forms.get(RunId(tap.target), step.id, attempt, tap.person.id))
        field = fields_of(step, given.get(CHOICE, ""))[number]
        state = await self._incidents.state(RunId(tap.target))
        place = state.playbook.steps.index(step)
        asked = Prompt(
            to_person(tap.person.id),
            "form_field",
            tap.person.id,
            f"form:{tap.target}:{place}:{attempt}:{number}",
            {**_question(step, field), "drill": state.incident.drill},
        )
        await tx.outbox.put(f"{tap.cause}:field:{number}", asked, tap.at)

    async def _step(self, tap: Tap, place: int, attempt: int) -> Step:
        """The step while this attempt of it waits for this person. Raises RunRefused otherwise."""
        state = await self._incidents.state(RunId(tap.target))
        steps = state.playbook.steps
        step = steps[place] if 0 <= place < len(steps) else None
        run = state.step_run(step.id) if step is not None else None
        if step is None or run is None:
            raise NotFound("step", str(place))
        if not state.phase.going_on or run.attempt != attempt or not takes_answers(step, run):
            raise RunRefused(Why.STEP_OVER)
        if tap.person.id not in {*run.asked, state.owner}:
            raise RunRefused(Why.STEP_NOT_YOURS)
        return step


def _question(step: Step, field: Field) -> dict[str, object]:
    return {
        "step": step.name,
        "ask": field.ask or field.id.replace("_", " ").replace("-", " "),
        "kind": str(field.kind),
        "optional": field.optional,
        "allow": ", ".join(field.allow),
        "choices": ", ".join(words for _, words in field.choices),
        "max": field.max or 0,
    }
