"""The bar that stands under the strip while the kill holds. Nothing hides it but the typed release."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from workstation.desk.messages import DeskState
from workstation.item_models.number_text import time_text
from workstation.widgets.screen import Screen


class KillBar(QFrame):
    """Says since when every send is blocked."""

    release_requested = Signal()

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("killBar")
        self.text = QLabel(self)
        self.release = QPushButton("Release…", self)
        self.release.setAutoDefault(False)
        self.release.clicked.connect(self.release_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.release)
        screen.services.connections.desk_state_changed.connect(self._show)
        self._show(screen.services.connections.desk_state)

    def _show(self, state: DeskState) -> None:
        self.setVisible(bool(state.killed_since_ns))
        since = time_text(state.killed_since_ns)
        self.text.setText(f"KILL active since {since} UTC: every send is blocked. Cancels still pass.")
