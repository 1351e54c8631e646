from tests.support.apart_screen import KEY, apart_screen
from tests.support.dock_screen import MAIN
from workstation.domain.order_terms import OrdType, TimeInForce
from workstation.widgets.ticket.check_view import CheckView
from workstation.widgets.ticket.draft import Draft, Offer


def test_the_quote_is_that_of_the_accounts_own_venue(qapp: object) -> None:
    screen, _ = apart_screen()
    services = screen.services
    draft = Draft(
        offer=Offer(account=services.accounts.accounts[MAIN]),
        symbol="EURUSD",
        side=None,
        ord_type=OrdType.MARKET,
        time_in_force=TimeInForce.FILL_OR_KILL,
    )
    assert CheckView(draft=draft, services=services, now_ns=1).quote == services.market.quotes[KEY]
    nobody = Draft(offer=Offer(), symbol="EURUSD", side=None, ord_type=OrdType.MARKET, time_in_force=TimeInForce.DAY)
    assert CheckView(draft=nobody, services=services, now_ns=1).quote is None
