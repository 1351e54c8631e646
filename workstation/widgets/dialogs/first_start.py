"""The first start: try the built-in venue at once, or add a connection. Nothing is sent either way."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.widgets.dialogs.dialog import Dialog, paragraph
from workstation.widgets.screen import Screen


class FirstStart(Dialog):
    """Two ways to begin; Esc begins with an empty window."""

    demo_chosen = Signal()
    connection_chosen = Signal()

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__("Welcome", parent, opens_by_itself=True)
        self.add_text("Welcome to the Workstation", "title")
        self.add_text("Trade by hand on many accounts, at several brokers, from one window.", "muted")
        self.demo = _Card(
            "Try it now",
            "The built-in venue: no keys, works offline, no real money. Its orders go over a real connection to a "
            "market on this computer.",
            "Start the demo",
            self,
        )
        self.connection = _Card(
            "Add a connection",
            "Your broker's address, your login, and whether it is LIVE or a DEMO. Passwords go to this computer's "
            "keychain or an encrypted vault.",
            "Add a connection…",
            self,
        )
        for card in (self.demo, self.connection):
            self.body.addWidget(card)
        self.body.addStretch(1)  # the spare height goes below, not between the paragraphs
        self.later = self.add_button("Later")
        self.later.clicked.connect(self.reject)
        self.demo.button.setProperty("kind", "primary")
        self.demo.button.clicked.connect(self.accept)
        self.demo.button.clicked.connect(self.demo_chosen)
        self.connection.button.clicked.connect(self.accept)
        self.connection.button.clicked.connect(self.connection_chosen)
        self.later.setFocus()
        self.resize(screen.theme.px(480), self.sizeHint().height())


class _Card(QFrame):
    def __init__(self, title: str, text: str, button: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        heading = QLabel(title, self)
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        layout.addWidget(paragraph(text, "muted", self))
        self.button = QPushButton(button, self)
        self.button.setAutoDefault(False)
        self.button.setAccessibleDescription(text)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
