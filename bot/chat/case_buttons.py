"""Which buttons a case's card carries, by status and open panel."""

from bot.chat import actions as do
from bot.chat import (
    alike,
    claim_glance,
    drafting,
    moderation_glance,
    note_glance,
    referral_glance,
    sharing_glance,
)
from bot.chat import word_actions as word
from bot.chat.cleaning import one_line
from bot.chat.drawn import NO_KEYBOARD, Button, Keyboard, Tone, rows
from bot.chat.words import buttons as on
from bot.chat.words import names as called
from bot.chat.words import preview, times
from bot.chat.words import sharing as say
from bot.chat.words import templates as say_templates
from bot.domain.case import CaseStatus, CloseReason, Panel
from bot.domain.reply import Draft, DraftState
from bot.domain.template import Slot, SlotKind
from bot.services.views import CaseView
from classifiers.labels import Label

_SNOOZES = (30, 60, 180, 1440)
_LONGEST_CHOICE = 40
_REASONS = (
    CloseReason.NO_REPLY_NEEDED,
    CloseReason.ANSWERED,
    CloseReason.DUPLICATE,
    CloseReason.SPAM,
    CloseReason.NOT_OURS,
    CloseReason.FALSE_ALARM,
)


def keyboard(view: CaseView) -> Keyboard:
    """The buttons of the card as it is now."""
    case = view.case
    if case.sensitive:
        return _sensitive(view)
    if case.status in {CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.SNOOZED}:
        return _by_panel(view)
    if case.status is CaseStatus.DRAFTED:
        return _drafted(view)
    if case.status in {CaseStatus.ANSWERED, CaseStatus.CLOSED, CaseStatus.HANDED_OVER}:
        if case.panel is Panel.CORRECT and (asked := alike.after_the_answer(view)):
            return asked
        lapor = referral_glance.lapor(view) if case.status is CaseStatus.HANDED_OVER else None
        reopen = Button(on.REOPEN, do.ReopenCase(case.id, case.version))
        return (*alike.after_the_answer(view), *rows(reopen, lapor), *rows(_make_template(view)))
    return NO_KEYBOARD


def _make_template(view: CaseView) -> Button | None:
    """Where a person's own words stand in public, they may serve again."""
    draft, case = view.draft, view.case
    if draft is None or draft.state is not DraftState.POSTED or not draft.edited or draft.private:
        return None
    return Button(say_templates.MAKE, word.MakeTemplate(case.id, case.version))


def _sensitive(view: CaseView) -> Keyboard:
    """Who has it, and closing: nothing that would show or need the words in the group."""
    case = view.case
    if case.panel is Panel.CLOSE and case.status in {CaseStatus.NEW, CaseStatus.ASSIGNED}:
        return _close(view)
    if case.status is CaseStatus.NEW:
        return rows(_take(view), _panel_button(view, Panel.CLOSE, on.CLOSE))
    if case.status is CaseStatus.ASSIGNED:
        release = Button(on.RELEASE, do.ReleaseCase(case.id, case.version))
        return rows(release, _panel_button(view, Panel.CLOSE, on.CLOSE))
    if case.status is CaseStatus.CLOSED:
        return rows(Button(on.REOPEN, do.ReopenCase(case.id, case.version)))
    return NO_KEYBOARD


def _by_panel(view: CaseView) -> Keyboard:
    draft = view.draft
    if draft is not None and draft.state is DraftState.WRITING and draft.case_id != view.case.id:
        # Its words are written on another card; here one can only go one's own way again.
        return rows(Button(on.RELEASE, do.ReleaseCase(view.case.id, view.case.version)))
    panels = {
        Panel.LABEL: _labels,
        Panel.SNOOZE: _snooze,
        Panel.CLOSE: _close,
        Panel.ESCALATE: _escalate,
        Panel.REPLY: _reply,
        Panel.WRITING: _writing,
        Panel.SNIPPET: _snippets,
        Panel.CLUSTER: _members,
        Panel.REFER: _refer,
        Panel.ASSIGN: _assign,
    }
    draw = panels.get(view.case.panel, _main)
    return draw(view)


def _main(view: CaseView) -> Keyboard:
    case = view.case
    first = _take(view)
    if case.status is CaseStatus.ASSIGNED:
        first = Button(on.RELEASE, do.ReleaseCase(case.id, case.version))
    return (
        (first, _panel_button(view, Panel.REPLY, on.REPLY, Tone.MAIN)),
        (
            _panel_button(view, Panel.LABEL, on.LABEL),
            _panel_button(view, Panel.SNOOZE, on.SNOOZE),
            _panel_button(view, Panel.CLOSE, on.CLOSE),
        ),
        rows(_panel_button(view, Panel.ESCALATE, on.ESCALATE, Tone.CAREFUL), claim_glance.ask_data(view))[0],
        (_panel_button(view, Panel.ASSIGN, say.ASSIGN), note_glance.button(view)),
        *alike.buttons(view),
        *rows(moderation_glance.button(view), moderation_glance.moving(view), width=2),
        *rows(*claim_glance.buttons(view), width=1),
    )


_STILL_HERE = {"locked", "siaga", "queued", "failed"}


def _drafted(view: CaseView) -> Keyboard:
    """While others decide, the words may be taken back; approved ones as long as they have not left."""
    case, draft = view.case, view.draft
    if draft is not None and (draft.state is DraftState.WAITING or view.unsent in _STILL_HERE):
        withdraw = Button(on.WITHDRAW, do.WithdrawDraft(case.id, case.version))
        return (*rows(withdraw, note_glance.button(view)), *rows(alike.stop(view)))
    return NO_KEYBOARD


def _labels(view: CaseView) -> Keyboard:
    case = view.case
    marks = dict.fromkeys(case.verdict.labels, on.ON) | dict.fromkeys(case.verdict.unsure, on.PERHAPS)
    toggles = [
        Button(
            f"{marks[label]} {called.LABELS[label]}" if label in marks else called.LABELS[label],
            do.ToggleLabel(case.id, case.version, label),
        )
        for label in Label
    ]
    return (*rows(*toggles, width=2), (_back(view, on.LABELS_DONE),))


def _snooze(view: CaseView) -> Keyboard:
    case = view.case
    spans = [Button(times.minutes(m), do.SnoozeCase(case.id, case.version, m)) for m in _SNOOZES]
    return (*rows(*spans, width=2), (_back(view),))


def _close(view: CaseView) -> Keyboard:
    reasons = [_because(view, reason) for reason in _REASONS]
    return (*rows(*reasons, width=2), (_back(view),))


def _because(view: CaseView, reason: CloseReason) -> Button:
    """What is not ours has a next question: who is in charge? Not where no words may be seen."""
    case, name = view.case, called.CLOSE_REASON[reason]
    if reason is CloseReason.NOT_OURS and not case.sensitive:
        return _panel_button(view, Panel.REFER, name)
    return Button(name, do.CloseCase(case.id, case.version, reason))


def _refer(view: CaseView) -> Keyboard:
    return (*referral_glance.choices(view), (_back(view),))


def _assign(view: CaseView) -> Keyboard:
    return (*sharing_glance.choices(view), (_back(view),))


def _escalate(view: CaseView) -> Keyboard:
    case = view.case
    open_ = [
        Button(
            one_line(choice.name, _LONGEST_CHOICE),
            do.EscalateTo(case.id, case.version, do.Short(choice.short)),
            tone=Tone.CAREFUL,
        )
        for choice in view.playbooks
    ]
    return (*rows(*open_, width=1), (_back(view),))


def _members(view: CaseView) -> Keyboard:
    return (*rows(*alike.split_buttons(view), width=2), *alike.for_many(view), (_back(view),))


def _reply(view: CaseView) -> Keyboard:
    case = view.case
    templates = [
        Button(
            f"{number}. {one_line(choice.suggestion.template.title, _LONGEST_CHOICE)}",
            do.UseTemplate(case.id, case.version, do.Short(choice.short)),
        )
        for number, choice in enumerate(view.templates, start=1)
        if choice.suggestion.usability.ok
    ]
    write = Button(on.WRITE, do.WriteReply(case.id, case.version))
    return (*rows(*templates, width=1), (write, _back(view)))


def _writing(view: CaseView) -> Keyboard:
    draft = view.draft
    if draft is None or draft.state is not DraftState.WRITING:
        return rows(alike.undo(view), _back(view), width=1)
    drop = _back(view, on.DROP)
    if view.open_slot is not None:
        return (*fill(draft, view.open_slot), (drop,))
    edit = Button(on.EDIT, do.EditDraft(draft.id, draft.version))
    if view.guard:
        return ((edit, drop),)
    more = Button(on.MORE_CASES, do.AddCases(draft.id, draft.version))
    submit = Button(on.SUBMIT, do.SubmitDraft(draft.id, draft.version), tone=Tone.GO)
    now = Button(on.SEND_NOW, do.SendNow(draft.id, draft.version)) if view.can_send_now else None
    look = Button(preview.PREVIEW, word.PreviewDraft(draft.id, draft.version))
    join = _panel_button(view, Panel.SNIPPET, preview.MORE_TEMPLATES) if draft.template_id else None
    return (*rows(alike.for_all(view)), *rows(submit, now), *rows(look, edit), *rows(join, more), (drop,))


def _snippets(view: CaseView) -> Keyboard:
    """Templates that may follow those of the draft; then the writing goes on."""
    draft, case = view.draft, view.case
    if draft is None or draft.state is not DraftState.WRITING:
        return rows(_back(view))
    made = [
        Button(
            one_line(choice.suggestion.template.title, _LONGEST_CHOICE),
            word.AddSnippet(draft.id, draft.version, do.Short(choice.short)),
        )
        for choice in drafting.snippets(view)
    ]
    back = Button(on.BACK, do.OpenPanel(case.id, case.version, Panel.WRITING))
    return (*rows(*made, width=1), (back,))


def fill(draft: Draft, slot: Slot) -> Keyboard:
    """Prepared values as buttons; what has none is asked for."""
    if slot.kind is SlotKind.CHOICE:
        made = [
            Button(one_line(words, _LONGEST_CHOICE), do.FillChoice(draft.id, draft.version, index))
            for index, (_, words) in enumerate(slot.choices)
        ]
        return rows(*made, width=1)
    if slot.kind is SlotKind.DATE:
        days = [Button(words, do.FillDate(draft.id, draft.version, ahead)) for ahead, words in on.DATES]
        return rows(*days, Button(on.OTHER_DATE, do.AskSlot(draft.id, draft.version)))
    return rows(Button(on.FILL, do.AskSlot(draft.id, draft.version), tone=Tone.MAIN))


def _take(view: CaseView) -> Button:
    return Button(on.TAKE, do.TakeCase(view.case.id, view.case.version), tone=Tone.GO)


def _panel_button(view: CaseView, panel: Panel, text: str, tone: Tone | None = None) -> Button:
    return Button(text, do.OpenPanel(view.case.id, view.case.version, panel), tone=tone)


def _back(view: CaseView, text: str = on.BACK) -> Button:
    return Button(text, do.BackToCard(view.case.id, view.case.version))
