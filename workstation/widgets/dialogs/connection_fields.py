"""The fields of one connection, and the profile they make; no asking and no saving here.

Stored secrets are never shown back: an empty secret field keeps what is stored. The environment is never chosen for
the trader, and LIVE must be typed out.
"""

import re
from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import ConnectionID
from workstation.item_models.words import word
from workstation.widgets.environment import ENVIRONMENT_SENTENCE
from workstation.widgets.venue_forms import VENUE_FORMS, LoginField, UsualAddress, VenueForm

LIVE_WORD = "LIVE"


class ConnectionFields(QWidget):
    """All that can be typed for one connection."""

    changed = Signal()

    def __init__(self, existing: ConnectionProfile | None, taken: Collection[str], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._existing = existing
        self._taken = set(taken)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.venue = QComboBox(self)
        for form in VENUE_FORMS.values():
            self.venue.addItem(form.title, form.venue)
        self._add("Venue", self.venue)
        self.name = self._line("Name", "The name you will see, for example Main demo")
        self.environments = self._environment_row()
        self.live_word = self._line("Type LIVE", "Orders on this connection will trade real money")
        self.usual = QComboBox(self)
        self._add("Usual addresses", self.usual)
        self.url = self._line("Address", "")
        self.login: dict[str, QLineEdit] = {}
        self.at_start = QCheckBox("Connect when the program starts", self)
        self.at_start.setChecked(True)
        self._form.addRow(self.at_start)
        self._show_venue()
        if existing is not None:
            self._show_existing(existing)
        self._wire()

    @property
    def form(self) -> VenueForm:
        """The form of the venue that is chosen."""
        return VENUE_FORMS[str(self.venue.currentData())]

    @property
    def environment(self) -> Environment | None:
        """What is chosen; nothing is chosen to begin with."""
        return next((each for each, button in self.environments.items() if button.isChecked()), None)

    def problem(self) -> str:
        """Return what is still missing, in a sentence; nothing when a profile can be made."""
        if not self.name.text().strip():
            return "Give the connection a name."
        if self.environment is None:
            return "Choose whether this is LIVE, a DEMO or the simulator: nothing is assumed."
        if self.needs_live_word() and self.live_word.text().strip() != LIVE_WORD:
            return "Type LIVE to confirm that orders on this connection trade real money."
        if not self.url.text().strip():
            return f"Give the address, for example {self.form.url_example}."
        for field in self.form.fields:
            stored = field.secret and self._existing is not None and field.name in self._existing.secret_names
            if field.required and not stored and not self._value(field):
                return f"{field.label} is missing."
        return ""

    def profile(self) -> ConnectionProfile:
        """Return the profile as typed.

        Raises:
            InvalidProfile: the address and the environment do not go together; the text says why.
            ValueError: something is missing; see :meth:`problem`.
        """
        environment, problem = self.environment, self.problem()
        if problem or environment is None:
            raise ValueError(problem)
        fields = self.form.fields
        return ConnectionProfile(
            connection_id=self._existing.connection_id if self._existing else self._new_id(),
            venue=self.form.venue,
            name=self.name.text().strip(),
            environment=environment,
            url=self.url.text().strip(),
            settings={field.name: self._value(field) for field in fields if not field.secret and self._value(field)},
            secret_names=tuple(field.name for field in fields if field.secret),
            connect_at_start=self.at_start.isChecked(),
        )

    def secrets(self) -> dict[str, str]:
        """Return the secrets that were typed; empty fields are left out."""
        typed = {field.name: self.login[field.name].text() for field in self.form.fields if field.secret}
        return {name: value for name, value in typed.items() if value}

    def forget_secrets(self) -> None:
        """Empty the secret fields."""
        for field in self.form.fields:
            if field.secret:
                self.login[field.name].clear()

    def needs_live_word(self) -> bool:
        """Say whether LIVE is newly chosen and has to be typed."""
        was_live = self._existing is not None and self._existing.environment is Environment.LIVE
        return self.environment is Environment.LIVE and not was_live

    def _value(self, field: LoginField) -> str:
        text = self.login[field.name].text()
        return text if field.secret else text.strip()

    def _new_id(self) -> ConnectionID:
        base = re.sub(r"[^a-z0-9]+", "-", self.name.text().lower()).strip("-") or self.form.venue
        names = [base, *(f"{base}-{number}" for number in range(2, len(self._taken) + 3))]
        return ConnectionID(next(name for name in names if name not in self._taken))

    def _add(self, label: str, widget: QWidget, row: int | None = None) -> None:
        caption = QLabel(label, self)
        caption.setBuddy(widget)
        widget.setAccessibleName(label)
        self._form.insertRow(self._form.rowCount() if row is None else row, caption, widget)

    def _line(self, label: str, hint: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText(hint)
        self._add(label, line)
        return line

    def _environment_row(self) -> dict[Environment, QRadioButton]:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        group = QButtonGroup(row)
        buttons = {}
        for environment in Environment:
            button = QRadioButton(word(environment), row)
            button.setToolTip(ENVIRONMENT_SENTENCE[environment])
            button.setAccessibleDescription(ENVIRONMENT_SENTENCE[environment])
            group.addButton(button)
            layout.addWidget(button)
            buttons[environment] = button
        layout.addStretch()
        self._add("Environment", row)
        return buttons

    def _show_venue(self) -> None:
        """Show the chosen venue's own fields; those of another venue go, with what was typed into them."""
        for line in self.login.values():
            self._form.removeRow(line)
        self.login = {}
        self.url.setPlaceholderText(self.form.url_example)
        self.usual.clear()
        self.usual.addItem("Choose one to fill in, or type below", None)
        for address in self.form.addresses:
            self.usual.addItem(address.label, address)
        self._form.setRowVisible(self.usual, bool(self.form.addresses))
        for field in self.form.fields:
            self._add_field(field)

    def _add_field(self, field: LoginField) -> None:
        line = QLineEdit(self)
        line.setPlaceholderText(field.hint if len(field.hint) < 50 else "")
        line.setToolTip(field.hint)
        line.setAccessibleDescription(field.hint)
        if field.secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textChanged.connect(self._changed)
        self._add(field.label, line, self._form.getWidgetPosition(self.at_start)[0])  # type: ignore[index]
        self.login[field.name] = line

    def _venue_chosen(self) -> None:
        self._show_venue()
        self._changed()

    def _fill_in(self, index: int) -> None:
        """Fill in a usual address; the environment stays the trader's own choice."""
        address = self.usual.itemData(index)
        if isinstance(address, UsualAddress):
            self.url.setText(address.url)
            for name, value in address.settings:
                self.login[name].setText(value)

    def _show_existing(self, profile: ConnectionProfile) -> None:
        self.venue.setCurrentIndex(self.venue.findData(profile.venue))
        self.venue.setEnabled(False)
        self.name.setText(profile.name)
        self.environments[profile.environment].setChecked(True)
        self.url.setText(profile.url)
        self.at_start.setChecked(profile.connect_at_start)
        for field in self.form.fields:
            if not field.secret:
                self.login[field.name].setText(profile.settings.get(field.name, ""))
            elif field.name in profile.secret_names:
                self.login[field.name].setPlaceholderText("Stored. Leave empty to keep it.")

    def _wire(self) -> None:
        for line in (self.name, self.live_word, self.url):
            line.textChanged.connect(self._changed)
        self.venue.currentIndexChanged.connect(self._venue_chosen)
        self.usual.activated.connect(self._fill_in)
        for button in self.environments.values():
            button.toggled.connect(self._changed)
        self._changed()

    def _changed(self) -> None:
        self._form.setRowVisible(self.live_word, self.needs_live_word())
        self.changed.emit()
