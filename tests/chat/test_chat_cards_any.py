"""Any state, any words: the card can be drawn, its buttons are sound, and a sensitive one stays closed."""

from chat_views import NINE, SARI, after, case, draft, kept, verdict, view
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import actions as do
from bot.chat.cards import draw_case
from bot.chat.drawn import MOST_IN_A_ROW, Drawn
from bot.chat.packing import pack, unpack
from bot.chat.pages import draw_original
from bot.domain.case import CaseStatus, CloseReason, Panel
from bot.domain.comment import Author
from bot.domain.people import Zone
from bot.domain.reply import DraftState
from bot.sandbox.entities import parse_html
from bot.services.views import CaseView
from bot.services.views_crisis import OriginalView

SECRET = "RAHASIA"
every_view = st.builds(
    lambda status, panel, state, text, by, sensitive: view(
        after(5),
        case=case(
            status=status,
            panel=panel,
            sensitive=sensitive,
            assignee=by,
            closed_by=by,
            close_reason=CloseReason.SPAM if status is CaseStatus.CLOSED else None,
            snoozed_until=after(30),
            verdict=verdict(reasons=(("complaint", text),)),
        ),
        comment=kept(
            text,
            author=Author("u", f"{SECRET}{text}"),
            link=f"https://t.me/{SECRET}/1",
            context=f"{SECRET}{text}",
        ),
        earlier=(kept(f"{SECRET}{text}"),),
        draft=None if state is None else draft(state=state, text=f"{SECRET} {text or 'x'}"),
    ),
    st.sampled_from(CaseStatus),
    st.sampled_from(Panel),
    st.none() | st.sampled_from(DraftState),
    st.text(st.characters(exclude_categories=()), max_size=300),
    st.none() | st.just(SARI),
    st.booleans(),
)


def is_sound(drawn: Drawn) -> None:
    text, entities = parse_html(drawn.text)
    assert text.strip()
    assert len(entities) <= 100
    for row in drawn.keyboard:
        assert 1 <= len(row) <= MOST_IN_A_ROW
        for button in row:
            assert len(button.text) <= 44
            assert button.action is not None
            assert unpack(pack(button.action)) == button.action


@settings(deadline=None)
@given(every_view)
def test_every_state_can_be_drawn_and_a_sensitive_one_stays_closed(seen: CaseView) -> None:
    drawn = draw_case(seen, Zone.WIB)
    is_sound(drawn)
    is_sound(draw_original(OriginalView(seen.case.id, (*seen.earlier, seen.comment), NINE), Zone.WIB))
    if seen.case.sensitive:
        assert SECRET not in drawn.text
        assert "rusak" not in drawn.text
        shown_actions = {type(button.action) for row in drawn.keyboard for button in row}
        assert shown_actions <= {
            do.TakeCase,
            do.ReleaseCase,
            do.ReopenCase,
            do.OpenPanel,
            do.CloseCase,
            do.BackToCard,
        }


@settings(deadline=None)
@given(every_view)
def test_every_button_carries_the_version_that_the_card_shows(seen: CaseView) -> None:
    for row in draw_case(seen, Zone.WIB).keyboard:
        for button in row:
            if isinstance(button.action, do.OnCase):
                assert (button.action.case, button.action.version) == (seen.case.id, seen.case.version)
