"""The ticket's style: every rule has a colour of the theme, and the focus shows in every state."""

import re

import pytest

from tests.support.ticket_bench import make_bench
from workstation.widgets.theme import ThemeMode
from workstation.widgets.theme_colours import Role
from workstation.widgets.ticket.style import ticket_style


@pytest.mark.parametrize("mode", [ThemeMode.DARK, ThemeMode.LIGHT])
def test_only_colours_of_the_theme_are_used(qapp: object, mode: ThemeMode) -> None:
    theme = make_bench().screen.theme
    theme.set_mode(mode)
    used = set(re.findall(r"#[0-9a-f]{6}\b", ticket_style(theme)))
    assert used
    assert used <= {theme.colours.name(role) for role in Role}


def test_faulty_fields_and_side_buttons_show_the_focus(qapp: object) -> None:
    style = ticket_style(make_bench().screen.theme)
    for selector in ("QLineEdit[state]:focus", "QPushButton[side='BUY']:focus", "#ticketAction[send='SELL']:focus"):
        assert selector in style
