"""Drafts, and which template versions the agency approved."""

from datetime import datetime
from typing import Any

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.people import PersonId
from bot.domain.reply import ApprovedAs, Draft, DraftId, DraftState, Target
from bot.store import rows
from bot.store.part import Part


class Drafts(Part):
    async def add(self, draft: Draft) -> DraftId:
        """Raises sqlite3.IntegrityError if the case has a living draft."""
        new = await self._sql.add_draft(
            self._conn,
            case_id=draft.case_id,
            comment_id=draft.comment_id,
            revision=draft.revision,
            version=draft.version,
            state=draft.state,
            text=rows.storable(draft.text),
            authors=rows.to_json(draft.authors),
            created_at=rows.seconds(draft.created_at),
            template_id=draft.template_id,
            template_version=draft.template_version,
            template_text=rows.storable(draft.template_text),
            slots=rows.to_json(draft.slots),
            snippets=rows.to_json(draft.snippets),
            private=int(draft.private),
            hands_over=rows.storable(draft.hands_over),
        )
        return DraftId(new)

    async def get(self, draft: DraftId) -> Draft | None:
        row = await self._sql.get_draft(self._conn, id=draft)
        return None if row is None else draft_of(row)

    async def live(self, case: CaseId) -> Draft | None:
        """The one that is being written, decided or posted for this case, its own or a shared one."""
        row = await self._sql.live_draft(self._conn, case_id=case)
        return None if row is None else draft_of(row)

    async def last(self, case: CaseId) -> Draft | None:
        row = await self._sql.last_draft(self._conn, case_id=case)
        return None if row is None else draft_of(row)

    async def save(self, draft: Draft) -> None:
        await self._sql.save_draft(
            self._conn,
            id=draft.id,
            comment_id=draft.comment_id,
            revision=draft.revision,
            version=draft.version,
            state=draft.state,
            text=rows.storable(draft.text),
            authors=rows.to_json(draft.authors),
            template_id=draft.template_id,
            template_version=draft.template_version,
            template_text=rows.storable(draft.template_text),
            slots=rows.to_json(draft.slots),
            snippets=rows.to_json(draft.snippets),
            level=draft.level,
            submitted_at=rows.seconds(draft.submitted_at),
            expires_at=rows.seconds(draft.expires_at),
            decided_by=draft.decided_by,
            decided_at=rows.seconds(draft.decided_at),
            approved_as=draft.approved_as,
            approved_sha=draft.approved_sha,
            note=rows.storable(draft.note),
            posted_at=rows.seconds(draft.posted_at),
            posted_message=draft.posted_message,
            also=rows.to_json([(one.case_id, one.comment_id, one.revision) for one in draft.also]),
            posted_to=rows.to_json(draft.posted_to),
            left_out=rows.to_json(draft.left_out),
            hands_over=rows.storable(draft.hands_over),
            agreed_by=draft.agreed_by or "",
        )

    async def decide_template(
        self, template: str, version: int, sha256: str, state: str, person: PersonId, now: datetime
    ) -> None:
        await self._sql.decide_template(
            self._conn,
            template_id=template,
            version=version,
            sha256=sha256,
            state=state,
            person=person,
            at=rows.seconds(now),
        )

    async def template_decisions(self) -> dict[tuple[str, int, str], str]:
        """ "approved" or "retired" by template id, version and sha256 of its text."""
        found = self._sql.template_decisions(self._conn)
        return {(r["template_id"], r["version"], r["sha256"]): r["state"] async for r in found}


def draft_of(row: Any) -> Draft:
    return Draft(
        id=DraftId(row["id"]),
        case_id=CaseId(row["case_id"]),
        comment_id=CommentId(row["comment_id"]),
        revision=row["revision"],
        version=row["version"],
        state=DraftState(row["state"]),
        text=row["text"],
        authors=tuple(rows.from_json(row["authors"])),
        created_at=rows.at(row["created_at"]),
        template_id=row["template_id"],
        template_version=row["template_version"],
        template_text=row["template_text"],
        slots=tuple((name, value) for name, value in rows.from_json(row["slots"])),
        snippets=tuple((name, version) for name, version in rows.from_json(row["snippets"])),
        level=row["level"],
        submitted_at=rows.moment(row["submitted_at"]),
        expires_at=rows.moment(row["expires_at"]),
        decided_by=row["decided_by"],
        decided_at=rows.moment(row["decided_at"]),
        approved_as=ApprovedAs(row["approved_as"]) if row["approved_as"] else None,
        approved_sha=row["approved_sha"],
        note=row["note"],
        posted_at=rows.moment(row["posted_at"]),
        posted_message=row["posted_message"],
        also=tuple(Target(*one) for one in rows.from_json(row["also"])),
        posted_to=tuple(rows.from_json(row["posted_to"])),
        left_out=tuple(rows.from_json(row["left_out"])),
        private=bool(row["private"]),
        hands_over=row["hands_over"],
        agreed_by=row["agreed_by"] or None,
    )
