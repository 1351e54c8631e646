"""The alerts that nobody has acknowledged yet, newest first."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from workstation.item_models.number_text import date_time_text
from workstation.item_models.words import word
from workstation.widgets.alerts import Alert, Alerts
from workstation.widgets.dialogs.dialog import Dialog
from workstation.widgets.screen import Screen


class AlertCentre(Dialog):
    """Read, acknowledge some or all; the activity log keeps every line."""

    def __init__(self, screen: Screen, alerts: Alerts, parent: QWidget | None = None) -> None:
        super().__init__("Alerts", parent)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._alerts = alerts
        self._shown: list[Alert] = []
        self.heading = self.add_text("", "heading")
        self._model = _AlertLines(self)
        self.view = QListView(self)
        self.view.setModel(self._model)
        self.view.setWordWrap(True)
        self.view.setAccessibleName("Alerts, newest first")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.body.addWidget(self.view, 1)
        self.acknowledge = self.add_button("Acknowledge selected", left=True)
        self.acknowledge_all = self.add_button("Acknowledge all")
        self.close_button = self.add_button("Close", default=True)
        self.acknowledge.clicked.connect(self._acknowledge_selected)
        self.acknowledge_all.clicked.connect(alerts.acknowledge_all)
        self.close_button.clicked.connect(self.reject)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)
        alerts.changed.connect(self._fill)
        self.resize(screen.theme.px(680), screen.theme.px(380))
        self._fill()

    def _fill(self) -> None:
        self._shown = list(self._alerts.pending)
        self._model.setStringList([_line(alert) for alert in self._shown])
        count = len(self._shown)
        self.heading.setText(f"{count} not acknowledged" if count else "Nothing to acknowledge.")
        self.acknowledge_all.setEnabled(bool(count))
        self._selection_changed()

    def _selection_changed(self) -> None:
        self.acknowledge.setEnabled(self.view.selectionModel().hasSelection())

    def _acknowledge_selected(self) -> None:
        rows = {index.row() for index in self.view.selectionModel().selectedIndexes()}
        self._alerts.acknowledge([self._shown[row] for row in rows])


class _AlertLines(QStringListModel):
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ToolTipRole:
            return super().data(index, Qt.ItemDataRole.DisplayRole)
        return super().data(index, role)


def _line(alert: Alert) -> str:
    times = f"  × {alert.count}" if alert.count > 1 else ""
    return f"{date_time_text(alert.time_ns)}  {word(alert.severity)}{times}\n{alert.text}"
