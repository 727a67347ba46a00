"""Rules between the steps of a playbook: what looks back, what has an end, what stands behind an approval."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.domain.letters import approvals_before, covered_steps, drafts_before
from bot.domain.playbook import After, Playbook, Step
from bot.domain.step_state import StepState
from bot.domain.steps import CHANNELS, Answer, Approve, Ask, Handoff, Publish, Request
from bot.files.fault import Fault, did_you_mean, fault_at, quote
from bot.files.rule_places import Sheet
from bot.files.section_step import ENDINGS

_WAITS_FOR_PEOPLE = (Ask, Approve, Request)


def step_faults(sheet: Sheet) -> Iterator[Fault]:
    """All that is wrong between the steps of one playbook."""
    for step in sheet.playbook.steps:
        for rule in _RULES:
            yield from rule(sheet, step)


def _ends(sheet: Sheet, step: Step) -> Iterator[Fault]:
    if isinstance(step.uses, _WAITS_FOR_PEOPLE):
        if step.timeout is None:
            hint = "Contoh: timeout: 15m, lalu on_timeout: escalate."
            yield sheet.fault(step, ("id",), f"Langkah {quote(step.id)} perlu timeout.", hint)
        elif StepState.EXPIRED not in step.reactions:
            hint = "Tulis escalate, notify, ask_human, atau goto langkah."
            yield sheet.fault(step, ("timeout",), f"Langkah {quote(step.id)} perlu on_timeout.", hint)
    if step.timeout is None and StepState.EXPIRED in step.reactions:
        yield sheet.fault(step, ("on_timeout",), "on_timeout perlu timeout.", "Contoh: timeout: 15m.")


def _reminds(sheet: Sheet, step: Step) -> Iterator[Fault]:
    after = step.reactions.get(StepState.EXPIRED)
    if step.timeout is None or step.remind_every is None or after is None or after.what is After.ESCALATE:
        return  # what is escalated goes on waiting, and goes on reminding
    if step.remind_every >= step.timeout:
        message = "Pengingat ini tidak pernah terkirim: timeout lebih dulu habis."
        yield sheet.fault(
            step, ("remind_every",), message, "Buat remind_every lebih pendek daripada timeout."
        )


def _goes_back(sheet: Sheet, step: Step) -> Iterator[Fault]:
    ids = [one.id for one in sheet.playbook.steps]
    for key, state in ENDINGS.items():
        reaction = step.reactions.get(state)
        if reaction is None or reaction.what is not After.GOTO:
            continue
        if reaction.step not in ids:
            message = f"Langkah {quote(reaction.step)} tidak ada."
            yield sheet.fault(step, (key,), message, did_you_mean(reaction.step, ids))
        elif ids.index(reaction.step) > ids.index(step.id):
            message = f"Langkah {quote(reaction.step)} baru ada sesudah ini."
            yield sheet.fault(step, (key,), message, "goto hanya ke langkah ini atau ke atas.")


def _approved(sheet: Sheet, step: Step) -> Iterator[Fault]:
    """Words for the public stand behind an approval of a draft, and an approval has words to read."""
    playbook = sheet.playbook
    if _leads_nowhere(playbook, step):
        return  # the name that is wrong is told where it stands; what is behind it nobody knows yet
    if isinstance(step.uses, Publish | Answer):
        approvals = [one for one in playbook.steps if one.id in approvals_before(playbook, step)]
        if not approvals:
            hint = "Tambahkan langkah approve, lalu sebut di needs."
            yield sheet.fault(step, ("uses",), f"{quote(step.id)} tayang tanpa persetujuan.", hint)
        elif isinstance(step.uses, Publish) and not any(drafts_before(playbook, one) for one in approvals):
            hint = "Tambahkan langkah draft sebelum approve."
            yield sheet.fault(step, ("uses",), f"{quote(step.id)} tidak punya teks untuk ditayangkan.", hint)
    elif isinstance(step.uses, Approve) and not covered_steps(playbook, step):
        hint = "Sebut langkah draft di needs."
        yield sheet.fault(step, ("uses",), f"{quote(step.id)} tidak punya teks untuk disetujui.", hint)


def _leads_nowhere(playbook: Playbook, step: Step) -> bool:
    """Whether a way back through `needs` ends at a step that there is not."""
    seen: set[str] = set()
    waiting = list(step.needs)
    while waiting:
        name = waiting.pop()
        before = playbook.step(name)
        if before is None:
            return True
        if name not in seen:
            seen.add(name)
            waiting += before.needs
    return False


def _channels(sheet: Sheet, step: Step) -> Iterator[Fault]:
    if not isinstance(step.uses, Publish):
        return
    if step.uses.pin and CHANNELS[0] not in step.uses.to:
        message = f"pin hanya untuk {CHANNELS[0]}."
        yield sheet.fault(step, ("with", "pin"), message, "Tambahkan kanal itu di to, atau hapus pin.")
    if len(set(step.uses.to)) < len(step.uses.to):
        yield sheet.fault(step, ("with", "to"), "Ada kanal yang ditulis dua kali.")
    if sheet.playbook.sensitive:
        message = "Playbook sensitive tidak boleh menayangkan apa pun."
        yield sheet.fault(step, ("uses",), message, "Sapa orangnya secara pribadi, lewat langkah checklist.")


def _after_handoff(sheet: Sheet, step: Step) -> Iterator[Fault]:
    for number, need in enumerate(step.needs):
        before = sheet.playbook.step(need)
        if before is not None and isinstance(before.uses, Handoff) and before.condition is None:
            message = f"Sesudah {quote(need)} tidak ada yang berjalan lagi di playbook ini."
            hint = "Beri if pada langkah handoff, atau hapus needs ini."
            yield sheet.fault(step, ("needs", number), message, hint)
    if isinstance(step.uses, Handoff) and step.uses.playbook == sheet.playbook.id:
        message = "Playbook tidak bisa diserahkan kepada dirinya sendiri."
        yield sheet.fault(step, ("with", "playbook"), message)


_RULES: Sequence[Callable[[Sheet, Step], Iterator[Fault]]] = (
    _ends,
    _reminds,
    _goes_back,
    _approved,
    _channels,
    _after_handoff,
)


def handoff_faults(sheets: Sequence[Sheet]) -> Iterator[Fault]:
    """Every playbook that carries on exists, and none comes back without a person in between."""
    by_id = {sheet.playbook.id: sheet.playbook for sheet in sheets}
    for sheet in sheets:
        for step in sheet.playbook.steps:
            if not isinstance(step.uses, Handoff) or step.uses.playbook == sheet.playbook.id:
                continue
            place = sheet.at(step, "with", "playbook")
            if step.uses.playbook not in by_id:
                message = f"Playbook {quote(step.uses.playbook)} tidak ada."
                yield fault_at(place, message, did_you_mean(step.uses.playbook, by_id))
            elif sheet.playbook.id in _reached_alone(step.uses.playbook, by_id) and _alone(
                sheet.playbook, step
            ):
                message = f"Playbook {quote(step.uses.playbook)} menyerahkan kembali tanpa jeda manusia."
                yield fault_at(place, message, "Tambahkan langkah ask sebelum handoff.")


def _alone(playbook: Playbook, step: Step) -> bool:
    """Whether this hand-off comes about without anybody's answer or approval before it."""
    waiting, seen = [*step.needs, *(step.condition.steps if step.condition else ())], set()
    while waiting:
        before = playbook.step(waiting.pop())
        if before is None or before.id in seen:
            continue
        seen.add(before.id)
        if isinstance(before.uses, _WAITS_FOR_PEOPLE):
            return False
        waiting += [*before.needs, *(before.condition.steps if before.condition else ())]
    return True


def _reached_alone(start: str, playbooks: Mapping[str, Playbook]) -> set[str]:
    """The playbooks that `start` hands on to, directly or not, with no person in between."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        playbook = playbooks.get(waiting.pop())
        if playbook is None:
            continue
        alone = [step.uses for step in playbook.steps if _alone(playbook, step)]
        further = {uses.playbook for uses in alone if isinstance(uses, Handoff)} - reached
        reached |= further
        waiting += sorted(further)
    return reached
