"""Name, version, where this profile is kept, and whose work is inside."""

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workstation import __version__
from workstation.widgets.dialogs.dialog import Dialog
from workstation.widgets.screen import Screen


class AboutDialog(Dialog):
    """A few facts that can be copied into a letter to support."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__("About", parent)
        self.add_text(f"Workstation {__version__}", "title")
        folder = screen.profile_folder
        kept = f"This profile is kept in {folder}." if folder else "This profile is thrown away when the program ends."
        facts = self.add_text(f"{kept}\nQt {PySide6.__version__}.")
        facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add_text(
            "Uses Qt for Python and Qt Advanced Docking System (LGPL) and the typeface Inter (SIL Open Font License).",
            "muted",
        )
        self.close_button = self.add_button("Close", default=True)
        self.close_button.clicked.connect(self.reject)
