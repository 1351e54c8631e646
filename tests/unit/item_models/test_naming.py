"""Names come from the services as they are at the moment."""

from tests.unit.item_models.subjects import CORN, MAIN, QST, SECOND, account
from workstation.domain.capabilities import Capabilities
from workstation.item_models.naming import Naming
from workstation.services.subjects import Services
from workstation.venues.base import InstrumentsListed


def test_names_follow_the_services(qapp: object) -> None:
    services = Services()
    naming = Naming.of(services)
    assert (naming.alias(MAIN), naming.glyph_of(QST), naming.instrument_of(QST, "ZCZ26")) == ("17014", "", None)
    services.accounts.accept([account()], [], [])
    services.connections.capabilities[QST] = Capabilities(venue="qst", title="QST", glyph="Q", forms=frozenset())
    services.connections.take_instruments(InstrumentsListed(connection_id=QST, instruments=(CORN,)))
    assert (naming.alias(MAIN), naming.alias(SECOND), naming.glyph_of(QST)) == ("Main", "17015", "Q")
    assert naming.instrument_of(QST, "ZCZ26") is CORN
    services.accounts.forget(QST)
    assert naming.alias(MAIN) == "17014"
