"""Forms that somebody is filling: kept line by line, so that a restart in between costs nobody a word."""

from datetime import datetime

from bot.domain.incident import RunId
from bot.domain.people import PersonId
from bot.domain.step_run import Answers
from bot.store import rows
from bot.store.part import Part


class Forms(Part):
    async def get(self, run: RunId, step: str, attempt: int, person: PersonId) -> Answers:
        """What was typed so far; nothing where the form was not begun."""
        found = await self._sql.get_form(self._conn, run=run, step=step, attempt=attempt, person=person)
        return () if found is None else tuple((name, value) for name, value in rows.from_json(found))

    async def put(
        self, run: RunId, step: str, attempt: int, person: PersonId, answers: Answers, now: datetime
    ) -> None:
        await self._sql.put_form(
            self._conn,
            run=run,
            step=step,
            attempt=attempt,
            person=person,
            answers=rows.to_json([list(pair) for pair in answers]),
            at=rows.seconds(now),
        )

    async def drop(self, run: RunId, step: str, attempt: int) -> None:
        """The step has its answer: what others began is over."""
        await self._sql.drop_forms(self._conn, run=run, step=step, attempt=attempt)
