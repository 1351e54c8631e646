"""Before a link of somebody else's text is followed: where it really leads, in full, and no as the safe choice."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QWidget

from workstation.item_models.html_cleaning import host_of
from workstation.widgets.dialogs.dialog import Dialog

_MOST_SHOWN = 600


class OpenLinkDialog(Dialog):
    """Asks whether a page shall be opened in the system's browser."""

    agreed = Signal(QUrl)
    """Open it."""

    def __init__(self, target: QUrl, parent: QWidget | None = None) -> None:
        super().__init__("Open in the browser?", parent, opens_by_itself=True)
        address = bytes(target.toEncoded().data()).decode("ascii", "replace")
        self.add_text(f"This link leaves the program and leads to {host_of(address)}:")
        self.address = self.add_text(_breakable(address[:_MOST_SHOWN]))
        self.address.setAccessibleName("Address of the link")
        self.add_text(
            "The page is the publisher's or a stranger's. Never type a password of your broker there.", "muted"
        )
        self.stay = self.add_button("Stay here", default=True)
        self.go = self.add_button("Open the page")
        self.stay.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self.accepted.connect(lambda: self.agreed.emit(target))


def _breakable(address: str) -> str:
    """Let a long address wrap: words are broken at what separates its parts."""
    for sign in "/?&=.-_%":
        address = address.replace(sign, f"{sign}\u200b")
    return address
