"""Shows one piece of news. It loads nothing, neither picture nor page; a link is followed only after a question."""

from PySide6.QtCore import QByteArray, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QTextBrowser, QWidget

from workstation.item_models.html_cleaning import clean_html, is_openable
from workstation.widgets.dialogs.open_link import OpenLinkDialog


class NewsBody(QTextBrowser):
    """A reader of cleaned HTML."""

    link_agreed = Signal(QUrl)
    """The trader wants this page opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The selected news in full")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.anchorClicked.connect(self.ask_to_open)
        self.link_agreed.connect(QDesktopServices.openUrl)

    def show_html(self, title: str, html: str) -> None:
        """Show a title, as it is, and a stranger's HTML, cleaned."""
        self.setHtml(clean_html(html))
        self.setDocumentTitle(title)
        self.verticalScrollBar().setValue(0)

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: N802, A002 - Qt's names
        """Load nothing, whatever the text asks for."""
        return QByteArray()

    def doSetSource(self, name: QUrl | str, type: object = None) -> None:  # noqa: N802, A002 - Qt's names
        """Go nowhere: this reader shows what it is given."""

    def ask_to_open(self, target: QUrl) -> None:
        """Show where a link leads, and ask; what is no web page is never followed."""
        if not is_openable(target.toString()):
            return
        dialog = OpenLinkDialog(target, self)
        dialog.agreed.connect(self.link_agreed)
        dialog.open()
