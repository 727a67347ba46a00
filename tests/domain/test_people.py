"""The permission table, read once more from the contract and compared cell by cell with the code."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import (
    Action,
    Right,
    Role,
    Zone,
    explain_denial,
    may,
    right_of,
    table_markdown,
)

# The contract's table, written again by hand: the actions of a row, then one cell per role in this order:
# admin, koordinator, piket, narahubung, pimpinan, pengelola.
CONTRACT = """
see                                                     | ● | ● | ● | own | ● | ●
take label snooze close note reopen draft submit edit_claim ask_data |  ● | ● | duty | - | - | -
approve return reject confirm_finding                   | - | ● | - | - | - | -
send_instant                                            | ● | ● | duty | - | - | -
open_incident false_alarm                               | ● | ● | ● | - | - | -
acknowledge take_over escalate answer_question          | paged | ● | ● | - | paged | -
close_incident release_freeze                           | - | ● | - | - | - | -
propose_removal                                         | ● | - | duty | - | - | -
confirm_removal                                         | - | ● | - | - | - | -
answer_request                                          | - | ● | - | ● | - | -
propose_template                                        | ● | ● | ● | ● | - | -
approve_template                                        | - | ● | - | - | - | -
swap_own                                                | own | ● | own | - | - | ●
set_override                                            | - | ● | - | - | - | ●
start_drill                                             | - | ● | - | - | - | ●
lock                                                    | ● | ● | ● | - | ● | ●
unlock                                                  | - | ● | - | - | - | ●
read_reports export                                     | own | ● | own | - | ● | ●
manage                                                  | - | - | - | - | - | ●
"""
CELL = {"●": Right.YES, "-": Right.NO, "duty": Right.ON_DUTY, "paged": Right.WHEN_PAGED, "own": Right.OWN}
ROLE_ORDER = ("admin", "koordinator", "piket", "narahubung", "pimpinan", "pengelola")

some_roles = st.frozensets(st.sampled_from(Role))
any_action = st.sampled_from(Action)


def contract_cells() -> dict[tuple[str, str], Right]:
    cells: dict[tuple[str, str], Right] = {}
    for line in CONTRACT.strip().splitlines():
        names, *rights = line.split("|")
        for action in names.split():
            for role, right in zip(ROLE_ORDER, rights, strict=True):
                assert (role, action) not in cells, f"{action} stands twice"
                cells[role, action] = CELL[right.strip()]
    return cells


def test_every_cell_is_as_the_contract_says() -> None:
    expected = contract_cells()
    actual = {(role.value, action.value): right_of(role, action) for role in Role for action in Action}
    assert actual == expected


@given(
    role=st.sampled_from(Role), action=any_action, duty=st.booleans(), paged=st.booleans(), own=st.booleans()
)
def test_a_conditional_right_needs_exactly_its_condition(
    role: Role, action: Action, duty: bool, paged: bool, own: bool
) -> None:
    right = contract_cells()[role.value, action.value]
    expected = {
        Right.YES: True,
        Right.NO: False,
        Right.ON_DUTY: duty,
        Right.WHEN_PAGED: paged,
        Right.OWN: own,
    }[right]
    assert may({role}, action, on_duty=duty, paged=paged, own=own) is expected


@given(roles=some_roles, more=some_roles, action=any_action, duty=st.booleans())
def test_another_role_never_takes_a_right_away(
    roles: frozenset[Role], more: frozenset[Role], action: Action, duty: bool
) -> None:
    if may(roles, action, on_duty=duty):
        assert may(roles | more, action, on_duty=duty)


@given(roles=some_roles, action=any_action)
def test_what_the_configuration_withdraws_is_gone_from_that_role_only(
    roles: frozenset[Role], action: Action
) -> None:
    withdrawn = {Role.ADMIN: frozenset({action})}
    without_admin = roles - {Role.ADMIN}
    full = {"on_duty": True, "paged": True, "own": True}
    assert may(roles, action, **full, withdrawn=withdrawn) is may(without_admin, action, **full)


def test_nobody_without_a_role_may_do_anything() -> None:
    assert not any(may((), action, on_duty=True, paged=True, own=True) for action in Action)


def test_every_denial_is_one_kind_sentence_in_indonesian() -> None:
    for action in Action:
        sentence = explain_denial(action)
        assert sentence.endswith(".")
        assert action.value not in sentence.split(), "no code word is shown to people"


def test_the_manual_prints_every_role_and_right() -> None:
    table = table_markdown()
    header, _, *rows = table.splitlines()
    assert [cell.strip() for cell in header.strip("|").split("|")][1:] == list(ROLE_ORDER)
    assert len(rows) == len(CONTRACT.strip().splitlines())
    printed = sum(cell.strip() not in {"", "●"} for row in rows for cell in row.strip("|").split("|")[1:])
    conditional = {"own", "duty", "paged"}
    written = sum(
        cell.strip() in conditional for row in CONTRACT.strip().splitlines() for cell in row.split("|")[1:]
    )
    assert printed == written


def test_zones_are_indonesias_three() -> None:
    assert [zone.tz.key for zone in Zone] == ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
