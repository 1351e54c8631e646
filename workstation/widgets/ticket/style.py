"""The ticket's own part of the style sheet, in the theme's colours and sizes.

Side colour fills only a pressed side and the Send button; a fault and an off-tick value differ by mark and words as
well as by hue; whatever has the focus shows it, also in those states.
"""

from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role


def ticket_style(theme: Theme) -> str:
    """Return the style sheet of the ticket."""
    colour = {role: theme.colours.name(role) for role in Role}
    small, body = theme.px(11), theme.px(12)
    return "\n".join(
        [
            f"QLabel[caption='true'] {{ color: {colour[Role.TEXT_MUTED]}; font-size: {small}px }}",
            f"QLabel[lineName='true'] {{ color: {colour[Role.TEXT_MUTED]}; font-size: {small}px }}",
            f"#symbolNote {{ color: {colour[Role.TEXT_MUTED]}; font-size: {small}px }}",
            f"QLabel[state='off'] {{ color: {colour[Role.WARNING]} }}",
            f"#checkBlock {{ background: {colour[Role.PANEL]}; border: 1px solid {colour[Role.BORDER]};"
            f" border-radius: {theme.px(4)}px }}",
            f"#checkTitle {{ font-size: {small}px; font-weight: 600; color: {colour[Role.TEXT_MUTED]} }}",
            *_tone_rules(theme),
            *_field_rules(theme),
            *_side_rules(theme),
            f"QToolButton[fold='true'] {{ padding: {theme.px(1)}px {theme.px(4)}px; font-size: {small}px;"
            f" color: {colour[Role.TEXT_MUTED]}; background: transparent; border-color: transparent }}",
            f"QToolButton[fold='true']:focus {{ border-color: {colour[Role.ACCENT]} }}",
            f"QPushButton[small='true'] {{ padding: {theme.px(2)}px {theme.px(4)}px; font-size: {small}px;"
            f" min-width: {theme.px(11)}px }}",
            f"#ticketAction {{ border-radius: {theme.px(4)}px; padding: 0 }}",
            f"#ticketActionWords {{ font-size: {body}px; font-weight: 600 }}",
            f"#ticketActionWords[ink='off'] {{ color: {colour[Role.TEXT_DISABLED]} }}",
            f"#ticketActionWords[ink='fill'] {{ color: {colour[Role.ON_FILL]} }}",
            "#ticketHeading { font-weight: 700 }",
            f"#ticketProgress {{ padding: {theme.px(4)}px; border: 1px solid {colour[Role.BORDER]} }}",
            f"#ticketProgress:focus {{ border: 1px solid {colour[Role.ACCENT]} }}",
        ]
    )


def _tone_rules(theme: Theme) -> list[str]:
    return [
        f"QLabel[tone='muted'] {{ color: {theme.colours.name(Role.TEXT_MUTED)} }}",
        f"QLabel[tone='notice'] {{ color: {theme.colours.name(Role.WARNING)} }}",
    ]


def _field_rules(theme: Theme) -> list[str]:
    warning, error = theme.colours.name(Role.WARNING), theme.colours.name(Role.ERROR)
    return [
        f"QLineEdit[state='off'] {{ border: 1px solid {warning}; color: {warning} }}",
        f"QLineEdit[state='fault'], QComboBox[state='fault'] {{ border: 1px solid {error}; color: {error} }}",
        f"QLineEdit[state]:focus, QComboBox[state]:focus {{ border: 1px solid {theme.colours.name(Role.ACCENT)} }}",
        f"QToolButton[stepper='true'] {{ min-width: {theme.px(18)}px; padding: {theme.px(2)}px }}",
    ]


def _side_rules(theme: Theme) -> list[str]:
    rules = []
    fill_text = theme.colours.name(Role.ON_FILL)
    for name, role in (("BUY", Role.BUY), ("SELL", Role.SELL)):
        side = theme.colours.name(role)
        rules += [
            f"QPushButton[side='{name}'] {{ color: {side}; font-weight: 700; padding: {theme.px(5)}px }}",
            f"QPushButton[side='{name}']:checked {{ background: {side}; color: {fill_text}; border-color: {side} }}",
            f"QPushButton[side='{name}']:focus {{ border: 2px solid {theme.colours.name(Role.ACCENT)} }}",
            f"QPushButton[side='{name}']:checked:focus {{ border: 2px solid {theme.colours.name(Role.TEXT)} }}",
            f"#checkTitle[side='{name}'] {{ color: {side} }}",
            f"#ticketAction[send='{name}']:enabled {{ background: {side}; border: 1px solid {side} }}",
            f"#ticketAction[send='{name}']:focus {{ border: 2px solid {theme.colours.name(Role.TEXT)} }}",
        ]
    return rules
