"""The card of a claim and the register's list. Pure: view -> message."""

from collections.abc import Mapping, Sequence

from bot.chat import claim_actions as do
from bot.chat import data_lines
from bot.chat.claim_actions import ClaimPanel
from bot.chat.cleaning import one_line
from bot.chat.drawn import Button, Drawn, Keyboard, Tone, rows
from bot.chat.lists import plain
from bot.chat.render import Piece, b, cited, i, lines, link, named, paragraphs, quote, render
from bot.chat.short import Short
from bot.chat.words import buttons as on
from bot.chat.words import claims as say
from bot.chat.words import data, times
from bot.chat.words import names as called
from bot.domain.claim import UNVERIFIED, Claim, ClaimStatus, ClaimType, Finding, Stance
from bot.domain.guard import find_personal_data, mask
from bot.domain.people import Zone
from bot.services.views_claims import ClaimLine, ClaimPage, ClaimView

_EXCERPT = 90
_TOLD = 200
_TITLE = 40
_Block = tuple[Piece, ...]


def draw_claim(view: ClaimView, zone: Zone, panel: ClaimPanel = ClaimPanel.MAIN) -> Drawn:
    """The card as it is now, with the buttons of `panel`."""
    claim = view.claim
    blocks = (
        lines(_head(view), quote(named(claim.statement, 400))),
        lines(_counted(view, zone), _clock(view, zone)),
        _finding(view),
        lines(_ways(view)),
        data_lines.said(view.requests, view.names, view.now, zone),
        _below(view, panel),
    )
    return Drawn(render(paragraphs(*blocks)), _keyboard(view, panel))


def _head(view: ClaimView) -> _Block:
    claim = view.claim
    kind = f" · {say.TYPES[claim.type]}" if claim.type is not None else ""
    return (f"{_mark(claim)} ", b(say.number(claim.id)), " · ", b(say.STATUS[claim.status]), kind)


def _mark(claim: Claim) -> str:
    return say.FINDING_MARK[claim.finding] if claim.finding is not None and claim.verified else "🗞"


def _counted(view: ClaimView, zone: Zone) -> _Block:
    tally = view.tally
    when = times.moment(view.claim.first_seen, view.now, zone)
    return lines(say.tally(tally.tells, tally.accounts, tally.denies, tally.fresh), i(say.seen(when)))


def _clock(view: ClaimView, zone: Zone) -> _Block:
    """From the first sighting to the first correct post; a claim that is true needs none."""
    claim = view.claim
    if claim.took is not None and claim.corrected_at is not None:
        said = say.clarified(claim.took, times.moment(claim.corrected_at, view.now, zone))
        where = link(called.LOOK, claim.corrected_link)
        return (said,) if isinstance(where, str) else (said, " · ", where)
    if claim.status is ClaimStatus.CLOSED or claim.finding is Finding.TRUE:
        return ()
    return (say.running(view.now - claim.first_seen),)


def _finding(view: ClaimView) -> _Block:
    claim = view.claim
    if claim.finding is None:
        return (say.NO_FINDING,) if claim.status in UNVERIFIED else ()
    who = say.PROPOSED
    if claim.confirmed_by is not None:
        who = say.confirmed(_name(view, claim.confirmed_by))
    by = f", {say.found_by(_name(view, claim.proposed_by))}" if claim.proposed_by is not None else ""
    return lines(
        (b(say.FINDINGS[claim.finding]), f" ({who}{by})"),
        named(claim.basis, 1000),
        _sources(claim),
    )


def _sources(claim: Claim) -> _Block:
    if not claim.sources:
        return ()
    found: list[Piece] = [say.SOURCES]
    for number, url in enumerate(claim.sources):
        found += [", "] if number else []
        found.append(link(_host(url), url))
    return tuple(found)


def _host(url: str) -> str:
    return one_line(url.removeprefix("https://").removeprefix("www."), _TITLE)


def _ways(view: ClaimView) -> _Block:
    claim = view.claim
    return lines(
        say.with_template(named(view.template.title)) if view.template is not None else "",
        i(say.from_list(named(claim.reference, 60))) if claim.reference else "",
    )


def _below(view: ClaimView, panel: ClaimPanel) -> _Block:
    """What belongs to the open set of buttons."""
    match panel:
        case ClaimPanel.TYPE:
            return (say.PICK_TYPE,)
        case ClaimPanel.FINDING:
            return (say.PICK_FINDING,)
        case ClaimPanel.TEMPLATE:
            return (say.PICK_TEMPLATE if view.templates else say.NO_TEMPLATE,)
        case ClaimPanel.COMMENTS:
            return _comments(view)
        case ClaimPanel.MAIN:
            waits = view.claim.finding is not None and not view.claim.verified
            step = say.STEP_CONFIRM if waits else say.STEPS.get(view.claim.status, "")
            return (b(say.NEXT), step) if step else ()


def _comments(view: ClaimView) -> _Block:
    if not view.told:
        return (say.NO_COMMENTS,)
    rows_: list[_Block] = []
    for number, (linked, kept) in enumerate(view.told, start=1):
        how = say.told_by(linked.how, _name(view, linked.by), linked.score)
        against = f" · {say.DENIES}" if linked.stance is Stance.DENIES else ""
        text = kept.comment.text
        rows_.append(
            lines(
                (b(f"{number}. "), i(f"{how}{against}")), cited(mask(text, find_personal_data(text)), _TOLD)
            )
        )
    return lines(say.COMMENTS, *rows_)


def _keyboard(view: ClaimView, panel: ClaimPanel) -> Keyboard:
    draw = {
        ClaimPanel.TYPE: _types,
        ClaimPanel.FINDING: _findings,
        ClaimPanel.TEMPLATE: _templates,
        ClaimPanel.COMMENTS: _told,
    }.get(panel, _main)
    return draw(view)


def _main(view: ClaimView) -> Keyboard:
    claim, at = view.claim, (view.claim.id, view.claim.version)
    told = Button(say.TOLD, do.TurnClaim(*at, ClaimPanel.COMMENTS)) if view.told else None
    if claim.status is ClaimStatus.CLOSED:
        return rows(Button(say.REOPEN, do.ReopenClaim(*at)), told)
    new = claim.status is ClaimStatus.REPORTED
    waits = claim.finding is not None and not claim.verified
    open_ = claim.verified and claim.corrected_at is None
    return (
        *rows(
            Button(say.CHECK, do.CheckClaim(*at), tone=Tone.GO) if new else None,
            Button(say.CONFIRM, do.ConfirmFinding(*at), tone=Tone.GO) if waits else None,
            Button(say.CORRECTED, do.AskCorrection(*at), tone=Tone.GO) if open_ else None,
            Button(say.FINDING, do.TurnClaim(*at, ClaimPanel.FINDING), tone=None if new else Tone.MAIN),
            width=2,
        ),
        *rows(
            Button(say.TYPE, do.TurnClaim(*at, ClaimPanel.TYPE)),
            Button(say.TEMPLATE, do.TurnClaim(*at, ClaimPanel.TEMPLATE)),
            told,
            Button(data.ASK, do.AskData(*at, 0)),
            Button(say.REWORD, do.RewordClaim(*at)),
            Button(say.CLOSE, do.CloseClaim(*at)),
            width=2,  # three of these words are too much for a phone
        ),
    )


def _types(view: ClaimView) -> Keyboard:
    at = (view.claim.id, view.claim.version)
    kinds = [Button(_ticked(say.TYPES[k], view.claim.type is k), do.SortClaim(*at, k)) for k in ClaimType]
    return (*rows(*kinds, width=2), (_back(view),))


def _findings(view: ClaimView) -> Keyboard:
    at = (view.claim.id, view.claim.version)
    kinds = [
        Button(f"{say.FINDING_MARK[one]} {say.FINDINGS[one]}", do.AskFinding(*at, one)) for one in Finding
    ]
    return (*rows(*kinds, width=2), (_back(view),))


def _templates(view: ClaimView) -> Keyboard:
    at = (view.claim.id, view.claim.version)
    chosen = view.claim.template
    listed = [
        Button(
            _ticked(one_line(one.template.title, _TITLE), one.template.id == chosen),
            do.ClarifyWith(*at, Short(one.short)),
        )
        for one in view.templates
    ]
    return (*rows(*listed, width=1), (_back(view),))


def _told(view: ClaimView) -> Keyboard:
    at = (view.claim.id, view.claim.version)
    pairs = [
        (
            Button(f"{number}. {say.LEAVE}", do.LeaveClaim(*at, linked.comment)),
            Button(
                f"{number}. {say.TURN_BACK if linked.stance is Stance.DENIES else say.TURN_STANCE}",
                do.TurnStance(*at, linked.comment),
            ),
        )
        for number, (linked, _) in enumerate(view.told, start=1)
    ]
    return (*pairs, (_back(view),))


def _ticked(text: str, chosen: bool) -> str:
    return f"{on.ON} {text}" if chosen else text


def _back(view: ClaimView) -> Button:
    return Button(on.BACK, do.TurnClaim(view.claim.id, view.claim.version, ClaimPanel.MAIN))


def _name(view: ClaimView, person: str) -> str:
    return named(view.names.get(person, person))


def draw_page(page: ClaimPage, counts: Mapping[ClaimStatus, int]) -> Drawn:
    """One part of the register, with buttons where it is longer than a message."""
    if not page.lines:
        return plain(say.EMPTY)
    number, turn = page.number, do.TurnClaims
    before = Button(on.PAGE_BEFORE, turn(page.kind, number - 1)) if number else None
    further = Button(on.PAGE_AFTER, turn(page.kind, number + 1)) if page.further else None
    title = say.title(number, further=page.further)
    return Drawn(_listed(title, page.lines, counts), rows(before, further))


def draw_found(found: Sequence[ClaimLine]) -> Drawn:
    """What is most like some words."""
    return Drawn(_listed(say.LIST, found, {})) if found else plain(say.NOTHING_LIKE_IT)


def _listed(title: str, found: Sequence[ClaimLine], counts: Mapping[ClaimStatus, int]) -> str:
    """One claim per line: what was found, what is said, how often."""
    listed = [_line(one) for one in found]
    below = lines(i(say.counts(counts)) if counts else "", i(say.HOW_TO))
    return render(paragraphs(lines(b(title)), lines(*listed), below))


def _line(line: ClaimLine) -> _Block:
    claim, tally = line.claim, line.tally
    state = say.STATUS[claim.status].lower()
    if claim.finding is not None and claim.verified:
        state = say.FINDINGS[claim.finding].lower()
    said = say.tally(tally.tells, tally.accounts, tally.denies, tally.fresh)
    statement = named(claim.statement, _EXCERPT)
    return (f"{_mark(claim)} ", b(say.number(claim.id)), f" {statement} ", i(f"({state}) {said}"))
