"""What people do to the steps of a run, and to the run as a whole besides its page's buttons.

Every deed is one event; the permission table is asked first, the reducer asks what only the run knows.
`tap.target` is the run.
"""

from bot.domain.errors import NotFound, PersonalData
from bot.domain.form import link_of_post
from bot.domain.incident import RunId
from bot.domain.lengths import longest
from bot.domain.people import Action, PersonId
from bot.domain.run_events import (
    Answered,
    Edited,
    FreezeReleased,
    HandOverAnswered,
    HandOverOffered,
    Jumped,
    Merged,
    PostSettled,
    Skipped,
    StoodDown,
    Voted,
)
from bot.domain.step_run import Answers, PostState, Verdict
from bot.domain.steps import Request
from bot.services.filling import usable_text
from bot.services.incidents import Incidents
from bot.services.replies import ReplyPolicy, personal_data
from bot.services.tap import Tap

_MAY = {
    Verdict.APPROVE: Action.APPROVE,
    Verdict.RETURN: Action.RETURN,
    Verdict.REJECT: Action.REJECT,
}


class StepDeeds:
    """One method per deed. Raises NotAllowed, NotFound, RunRefused."""

    def __init__(self, incidents: Incidents, policy: ReplyPolicy) -> None:
        self._incidents = incidents
        self._policy = policy

    async def answer(self, tap: Tap, step: str, attempt: int, answers: Answers) -> None:
        """A form, whole: every value was read by its field before."""
        state = await self._incidents.state(RunId(tap.target))
        found = state.playbook.step(step)
        if found is None:
            raise NotFound("step", step)
        may = Action.ANSWER_REQUEST if isinstance(found.uses, Request) else Action.ANSWER_QUESTION
        person = tap.person.id
        await self._incidents.deed(tap, may, lambda r, _: Answered(r, step, attempt, person, answers))

    async def vote(
        self, tap: Tap, step: str, attempt: int, verdict: Verdict, versions: str, note: str
    ) -> None:
        """`versions`: the words that the approver has read (see letters.versions_of)."""
        person = tap.person.id
        await self._incidents.deed(
            tap, _MAY[verdict], lambda r, _: Voted(r, step, attempt, person, verdict, versions, note)
        )

    async def edit(self, tap: Tap, step: str, attempt: int, version: int, text: str) -> None:
        """Other words; from here on this person is an author of them.

        Raises BadInput where they are longer than their place allows, PersonalData where they name what is
        private.
        """
        state = await self._incidents.state(RunId(tap.target))
        found = state.playbook.step(step)
        if found is None:
            raise NotFound("step", step)
        words = usable_text(text, longest(state, found))
        if reasons := personal_data(words, self._policy):
            raise PersonalData(reasons)
        person = tap.person.id
        await self._incidents.deed(
            tap, Action.DRAFT, lambda r, _: Edited(r, step, attempt, person, version, words)
        )

    async def settle(
        self, tap: Tap, step: str, attempt: int, channel: str, state: PostState, link: str
    ) -> None:
        """What became of a post: SENT (with its link), DROPPED, or QUEUED to send it once more.

        Raises FieldFault where the link is none, PersonalData where it names what is private.
        """
        link = link_of_post(link)
        if reasons := personal_data(link, self._policy):
            raise PersonalData(reasons)
        person = tap.person.id
        await self._incidents.deed(
            tap, Action.SUBMIT, lambda r, _: PostSettled(r, step, attempt, channel, state, link, person)
        )

    async def skip(self, tap: Tap, step: str, attempt: int, reason: str) -> None:
        person = tap.person.id
        await self._incidents.deed(
            tap, Action.ANSWER_QUESTION, lambda r, _: Skipped(r, step, attempt, person, reason)
        )

    async def jump(self, tap: Tap, step: str, reason: str) -> None:
        """Begin this step, and everything after it, again."""
        person = tap.person.id
        await self._incidents.deed(tap, Action.ANSWER_QUESTION, lambda r, _: Jumped(r, step, person, reason))

    async def offer_hand_over(self, tap: Tap, to: PersonId) -> None:
        person, seen = tap.person.id, tap.seen
        await self._incidents.deed(tap, Action.TAKE_OVER, lambda r, _: HandOverOffered(r, person, seen, to))

    async def answer_hand_over(self, tap: Tap, accepted: bool) -> None:
        """Being asked is being called: whoever was offered the run may answer."""
        person, seen = tap.person.id, tap.seen
        await self._incidents.deed(
            tap,
            Action.TAKE_OVER,
            lambda r, _: HandOverAnswered(r, person, seen, accepted),
            called=lambda state: state.offered_to == person,
        )

    async def merge(self, tap: Tap, into: RunId, reason: str) -> None:
        """Only into a run that goes on; an exercise never into an incident, nor the other way round."""
        person = tap.person.id
        one, other = await self._incidents.state(RunId(tap.target)), await self._incidents.state(into)
        if not other.phase.going_on or one.incident.drill is not other.incident.drill:
            raise NotFound("run", str(into))
        await self._incidents.deed(tap, Action.CLOSE_INCIDENT, lambda r, _: Merged(r, person, into, reason))

    async def stand_down(self, tap: Tap, reason: str) -> None:
        person = tap.person.id
        await self._incidents.deed(tap, Action.ESCALATE, lambda r, _: StoodDown(r, person, reason))

    async def release(self, tap: Tap, step: str) -> None:
        person = tap.person.id
        await self._incidents.deed(tap, Action.RELEASE_FREEZE, lambda r, _: FreezeReleased(r, step, person))
