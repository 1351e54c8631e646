"""The area of docks, and the only module that knows the docking library.

Everything else asks for docks by their id, so that the library can be changed by rewriting this file. A layout that
cannot be read falls back to the default one, and a window that a lost screen took along is pulled back.
"""

from xml.etree import ElementTree

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from PySide6QtAds import ads  # type: ignore[import-untyped]  # the library ships no types

from workstation.widgets.dock_specs import DockSpec, Place
from workstation.widgets.icons import icon
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

STATE_VERSION = 1
_SIDE_SHARES = (0.26, 0.52, 0.22)
_WIDE_SIDE_SHARES = (0.215, 0.545, 0.24)
_WIDE_FROM = 1600
"""Pixels from which the ticket has more than it needs, and the accounts can show their figures instead."""
_CENTRE_SHARES = (0.44, 0.28, 0.28)
_LOW_SIDE_SHARES = (0.25, 0.53, 0.22)
_LOW_CENTRE_SHARES = (0.62, 0.38)
_RIGHT_SHARES = (0.55, 0.45)
_HIGH_FROM = 860
"""Unzoomed pixels from which the right column shows accounts and market one above the other."""
_THREE_TABS_FROM = 275
"""Unzoomed pixels of the right column that give room for the words of three tabs."""
_LOW_BELOW = 700
"""Unzoomed pixels under which three docks above each other would cut one another's words."""
_SMALL_SIDE_SHARES = (0.4, 0.6)
_SMALL_BELOW = QSize(760, 520)
"""Unzoomed pixels under which there is room for the ticket and one dock beside it; the others are tabs."""
_GRIP = QSize(120, 30)
"""How much of a window's top edge must be on a screen so that it can be taken hold of."""

_NAMES = {
    "tabCloseButton": ("close", "Close this dock"),
    "dockAreaCloseButton": ("close", "Close this dock"),
    "detachGroupButton": ("float", "Take these docks out of the window"),
    "tabsMenuButton": ("tabs", "List the tabs"),
}


class Workspace(QObject):
    """All docks of one window; place :attr:`widget` where they shall stand."""

    layout_changed = Signal()
    """Docks were opened, closed, moved or floated."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._docks: dict[str, ads.CDockWidget] = {}
        self._specs: dict[str, DockSpec] = {}
        self.locked = False
        self._placed = False
        self._zoom = theme.zoom_percent
        self._default_forms: set[str] = set()
        _configure()
        self._manager = ads.CDockManager(parent)
        # The theme's style sheet rules, not the library's, which it would load anew whenever dark becomes light.
        self._manager.setColorSchemeMode(ads.CDockManager.ColorSchemeMode.Light)
        self._manager.setStyleSheet("")
        self._dressing = QTimer(self, singleShot=True, interval=0)
        self._dressing.timeout.connect(self._dress_buttons)
        for signal in (self._manager.dockAreaCreated, self._manager.floatingWidgetCreated, self._manager.stateRestored):
            signal.connect(self._arranged)
        self._manager.dockAreasRemoved.connect(self._arranged)
        theme.changed.connect(self._dressing.start)
        theme.changed.connect(self._follow_zoom)
        _application().screenRemoved.connect(self._screen_lost)

    @property
    def widget(self) -> QWidget:
        """The widget that holds the docks."""
        manager: QWidget = self._manager
        return manager

    def add(self, spec: DockSpec, content: QWidget) -> None:
        """Take a dock; it is placed by :meth:`arrange_default` or :meth:`restore`."""
        dock = ads.CDockWidget(self._manager, spec.title)
        dock.setObjectName(spec.dock_id)
        dock.setAccessibleName(spec.title)
        dock.setWidget(content, ads.CDockWidget.ForceNoScrollArea)
        dock.setMinimumSizeHintMode(ads.CDockWidget.MinimumSizeHintFromDockWidget)
        dock.viewToggled.connect(self._arranged)
        dock.topLevelChanged.connect(self._arranged)
        self._docks[spec.dock_id] = dock
        self._specs[spec.dock_id] = spec

    def arrange_default(self, width: int, height: int) -> None:
        """Put every dock in its own place, sized for a window of `width` x `height` pixels."""
        small = _SMALL_BELOW
        if height < self._theme.px(small.height()) or width < self._theme.px(small.width()):
            self._arrange_small(width)
        else:
            self._arrange_large(width, height)
        self._placed = True
        self._default_forms.add(form_of(self.save()))
        self._arranged()

    def _arrange_large(self, width: int, height: int) -> None:
        low, wide = height < self._theme.px(_LOW_BELOW), width >= self._theme.px(_WIDE_FROM)
        sides = _LOW_SIDE_SHARES if low else _WIDE_SIDE_SHARES if wide else _SIDE_SHARES
        market, below = self._market_place(low, round(sides[-1] * width), height), ads.BottomDockWidgetArea
        behind = (Place.MARKET,) if market is Place.CENTRE else ()
        centre = self._place((Place.CENTRE, Place.CHART, *behind))
        left = self._place((Place.LEFT,))
        right = self._place((Place.RIGHT, Place.MARKET) if market is Place.RIGHT else (Place.RIGHT,))
        if market is Place.MARKET:
            self._place((Place.MARKET,), right, below)
        if low:
            lower = (Place.CENTRE_MIDDLE, Place.CENTRE_BOTTOM, Place.REFERENCE)
            self._place((*lower, Place.FEEDS), centre, below)
            self._close((Place.FEEDS,))
        else:
            self._place((Place.CENTRE_BOTTOM, Place.REFERENCE, Place.FEEDS), centre, below)
            self._place((Place.CENTRE_MIDDLE,), centre, below)
        self._share_out(left or centre, sides, width)
        self._share_out(centre, _LOW_CENTRE_SHARES if low else _CENTRE_SHARES, height)
        self._share_out(right, _RIGHT_SHARES, height)

    def _market_place(self, low: bool, right_width: int, height: int) -> Place:
        """Return where the market docks stand: in their own place, or behind the docks of another.

        Under the accounts where the column is high enough, else behind them where the words on all tabs have room,
        else behind the orders.
        """
        if low or right_width < self._theme.px(_THREE_TABS_FROM):
            return Place.CENTRE
        return Place.RIGHT if height < self._theme.px(_HIGH_FROM) else Place.MARKET

    def _arrange_small(self, width: int) -> None:
        rest = self._place((Place.CENTRE, Place.CENTRE_MIDDLE, Place.CENTRE_BOTTOM, Place.RIGHT))
        ticket = self._place((Place.LEFT,))
        self._share_out(ticket or rest, _SMALL_SIDE_SHARES, width)
        if rest is not None:
            others = (Place.MARKET, Place.REFERENCE, Place.CHART, Place.FEEDS)
            self._place(others, rest, ads.CenterDockWidgetArea)
            self._close(others)  # there is no room for the words of more tabs

    def _follow_zoom(self) -> None:
        """Lay the docks out anew for another zoom, unless the trader has arranged them: that is his."""
        zoom, before = self._theme.zoom_percent, self._zoom
        self._zoom = zoom
        if zoom == before or not self._placed or form_of(self.save()) not in self._default_forms:
            return
        focus, window = QApplication.focusWidget(), self.widget.window()
        self.arrange_default(window.width(), window.height())
        if focus is not None and self.widget.isAncestorOf(focus):
            focus.setFocus()

    def save(self) -> bytes:
        """Return the arrangement."""
        return bytes(self._manager.saveState(STATE_VERSION).data())

    def restore(self, state: bytes) -> bool:
        """Take over a saved arrangement; False where it cannot be read, and nothing changed then."""
        if not self._placed:
            # The library restores only docks that have been placed before.
            self.arrange_default(self.widget.width(), self.widget.height())
        if not _is_xml(state) or not self._manager.restoreState(QByteArray(state), STATE_VERSION):
            return False
        self.pull_back()
        return True

    def view_actions(self) -> list[QAction]:
        """Return one checkable action per dock that opens and closes it."""
        return [dock.toggleViewAction() for dock in self._docks.values()]

    def content(self, dock_id: str) -> QWidget:
        """Return what a dock holds.

        Raises:
            KeyError: there is no such dock.
        """
        held: QWidget = self._docks[dock_id].widget()
        return held

    def is_open(self, dock_id: str) -> bool:
        """Say whether a dock is open, perhaps behind another tab."""
        return not self._docks[dock_id].isClosed()

    def show_dock(self, dock_id: str) -> None:
        """Open a dock, bring it to the front and give it the focus."""
        dock = self._docks[dock_id]
        if dock.isClosed():
            dock.toggleView(True)
        dock.setAsCurrentTab()
        if dock.isInFloatingContainer():
            dock.window().activateWindow()
        content = dock.widget()
        focus_first = getattr(content, "focus_first", content.setFocus)
        focus_first()

    def close_dock(self, dock_id: str) -> None:
        """Close a dock; its content lives on."""
        self._docks[dock_id].toggleView(False)

    def float_dock(self, dock_id: str) -> None:
        """Take a dock out into a window of its own."""
        self._docks[dock_id].setFloating()

    def set_locked(self, locked: bool) -> None:
        """Keep docks where they are, or let them be moved again."""
        self.locked = locked
        features = ads.CDockWidget.GloballyLockableFeatures if locked else ads.CDockWidget.NoDockWidgetFeatures
        self._manager.lockDockWidgetFeaturesGlobally(features)
        self._dressing.start()

    def pull_back(self) -> None:
        """Move floating windows that no screen shows to one that does."""
        for floating in self._manager.floatingWidgets():
            pull_on_screen(floating)

    def _place(self, places: tuple[Place, ...], beside: object = None, side: object = None) -> object:
        """Put the docks of `places` into one area, as tabs, and return it; None where there are none."""
        area = None
        for dock_id, spec in self._specs.items():
            if spec.place not in places:
                continue
            dock = self._docks[dock_id]
            if area is not None:
                self._manager.addDockWidgetTabToArea(dock, area)
            else:
                area = self._manager.addDockWidget(side or _SIDES[spec.place], dock, beside)
            dock.toggleView(True)
        if area is not None:
            area.setCurrentIndex(0)
        return area

    def _close(self, places: tuple[Place, ...]) -> None:
        for dock_id, spec in self._specs.items():
            if spec.place in places:
                self._docks[dock_id].toggleView(False)

    def _share_out(self, area: object, shares: tuple[float, ...], length: int) -> None:
        if area is None:
            return
        sizes = self._manager.splitterSizes(area)
        if len(sizes) == len(shares):
            self._manager.setSplitterSizes(area, [round(share * length) for share in shares])

    def _arranged(self, *_what: object) -> None:
        self._dressing.start()
        self.layout_changed.emit()

    def _dress_buttons(self) -> None:
        """Give the library's buttons our icons, names and colours; it makes them anew with each area."""
        colour, disabled = self._theme.colour(Role.TEXT_MUTED), self._theme.colour(Role.TEXT_DISABLED)
        icons = {name: icon(drawing, colour, disabled) for name, (drawing, _) in _NAMES.items()}
        side = self._theme.px(14)
        window = self._manager.window()  # held: a window that is already garbage must not be collected half way through
        for root in (window, *self._manager.floatingWidgets()):
            for button in root.findChildren(QAbstractButton):
                if button.objectName() in _NAMES:
                    button.setIcon(icons[button.objectName()])
                    button.setIconSize(QSize(side, side))
                    button.setAccessibleName(_NAMES[button.objectName()][1])
                    button.setToolTip(_NAMES[button.objectName()][1])
                    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _screen_lost(self, _screen: object) -> None:
        QTimer.singleShot(0, self, self.pull_back)


def pull_on_screen(window: QWidget) -> bool:
    """Move `window` so that its title can be taken hold of; say whether it had to be moved.

    Where no screen shows it, it goes to the first one, as large as it was or as that screen allows.
    """
    grip = QRect(window.frameGeometry().topLeft(), _GRIP)
    for screen in QGuiApplication.screens():
        shown = screen.availableGeometry().intersected(grip)
        if shown.width() >= _GRIP.width() // 2 and shown.height() >= _GRIP.height() // 2:
            return False
    available = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(window.size().boundedTo(available.size()))
    corner = available.center() - QPoint(window.width() // 2, window.height() // 2)
    window.move(max(corner.x(), available.left()), max(corner.y(), available.top()))
    return True


class ScreenKeeper(QObject):
    """Pulls one window back when the screen it stands on is lost."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        _application().screenRemoved.connect(self._lost)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look once more when the window is shown."""
        if event.type() == QEvent.Type.Show:
            self._lost(None)
        return False

    def _lost(self, _screen: object) -> None:
        QTimer.singleShot(0, self, lambda: pull_on_screen(self._window))


def form_of(state: bytes) -> str:
    """Return what a saved arrangement says of the docks' places, without any size: where each stands, and what is open.

    Raises:
        ParseError: it is no arrangement.
    """
    parts = []
    for element in ElementTree.fromstring(state).iter():
        kept = [
            f"{name}={element.get(name)}" for name in ("Orientation", "Name", "Closed", "Floating") if element.get(name)
        ]
        parts.append(" ".join([element.tag, *kept]) if element.tag != "Sizes" else "Sizes")
    return "\n".join(parts)


def _is_xml(state: bytes) -> bool:
    try:
        ElementTree.fromstring(state)
    except (ElementTree.ParseError, ValueError, LookupError):
        return False
    return True


def _application() -> QGuiApplication:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication), "docks need an application"
    return application


def _configure() -> None:
    flags = ads.CDockManager
    wanted = (
        flags.DefaultNonOpaqueConfig
        | flags.OpaqueSplitterResize
        | flags.AlwaysShowTabs
        | flags.DisableTabTextEliding
        | flags.FocusHighlighting
        | flags.DockAreaDynamicTabsMenuButtonVisibility
        | flags.FloatingContainerHasWidgetTitle
        | flags.DisableTabTextEliding
    )
    ads.CDockManager.setConfigFlags(wanted & ~flags.DockAreaHasCloseButton & ~flags.XmlCompressionEnabled)


_SIDES = {
    Place.LEFT: ads.LeftDockWidgetArea,
    Place.CENTRE: ads.CenterDockWidgetArea,
    Place.RIGHT: ads.RightDockWidgetArea,
    Place.MARKET: ads.RightDockWidgetArea,
    Place.REFERENCE: ads.BottomDockWidgetArea,
}
