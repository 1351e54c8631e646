from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.apart_screen import apart_screen, quoted
from tests.support.apart_venue import APART, EURO
from tests.support.dock_screen import MAIN, START_NS
from tests.support.fake_venue import CAPABILITIES
from workstation.domain.account import Balance
from workstation.domain.estimates import Estimate, EstimateKind, Figure
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.check_view import CheckView, Estimation, Tone
from workstation.widgets.ticket.draft import Draft, Offer
from workstation.widgets.ticket.market_lines import attached_line, estimate_lines, market_value_line, quote_line
from workstation.widgets.typed_numbers import Typed

NOW_NS = START_NS + 60_000_000_000
VENUE = "venue's own calculation"


@pytest.fixture
def screen(qapp: object) -> Screen:
    return apart_screen()[0]


def view(screen: Screen, estimation: Estimation | None = None, **changes: object) -> CheckView:
    draft = Draft(
        offer=Offer(account=screen.services.accounts.accounts[MAIN], capabilities=APART, instrument=EURO),
        symbol="EURUSD",
        side=Side.BUY,
        ord_type=OrdType.MARKET,
        time_in_force=TimeInForce.FILL_OR_KILL,
        order_qty=Typed(Decimal(2)),
    )
    draft = replace(draft, **changes)  # type: ignore[arg-type]
    return CheckView(draft=draft, services=screen.services, now_ns=NOW_NS, estimation=estimation or Estimation())


def figure(kind: EstimateKind, amount: str | None, source: str = VENUE, currency: str = "USD") -> Figure:
    return Figure(kind=kind, amount=None if amount is None else Decimal(amount), currency=currency, source=source)


def costs(screen: Screen, *figures: Figure, **changes: object) -> dict[str, str]:
    shown = view(screen, Estimation(estimate=Estimate(figures=figures)), **changes)
    return {line.name: line.text for line in estimate_lines(shown)}


def test_the_reference_says_both_prices_from_where_and_how_old(screen: Screen) -> None:
    line = quote_line(view(screen))
    assert line is not None
    assert line.text == "1.10000 / 1.10010 XAPI, 0.4 s old"
    limit = quote_line(view(screen, ord_type=OrdType.LIMIT, price=Typed(Decimal("1.09900"))))
    assert limit is not None
    assert limit.text.endswith("; price −110 ticks (−0.10 %)")
    stop = quote_line(view(screen, ord_type=OrdType.STOP, stop_px=Typed(Decimal("1.10110"))))
    assert stop is not None
    assert stop.text.endswith("; price +100 ticks (+0.09 %)")


def test_a_stale_quote_is_named_and_none_is_no_line(screen: Screen) -> None:
    screen.services.dispatch([quoted(received_ns=NOW_NS - 60_000_000_000)])
    line = quote_line(view(screen))
    assert line is not None
    assert line.text.endswith("60 s old, stale")
    assert line.tone is Tone.NOTICE
    assert quote_line(view(screen, symbol="USDJPY")) is None


def test_a_market_order_is_worth_what_it_would_meet(screen: Screen) -> None:
    assert market_value_line(view(screen)).text == "about 220,020.00 USD = 1.10010 × 2 × 100,000"
    assert market_value_line(view(screen, side=Side.SELL)).text.startswith("about 220,000.00 USD")
    assert market_value_line(view(screen, symbol="USDJPY")).text.startswith("unknown: no reference price")
    assert market_value_line(view(screen, order_qty=Typed())).text == "—"


def test_each_figure_has_its_source_and_a_failed_one_stands_alone(screen: Screen) -> None:
    assert costs(
        screen,
        figure(EstimateKind.MARGIN, "2200.2"),
        figure(EstimateKind.COMMISSION, None, "the venue did not answer"),
        figure(EstimateKind.PROFIT_AT_STOP_LOSS, "-500"),
    ) == {
        "margin": "2,200.20 USD · venue",
        "commission": "unknown: the venue did not answer",
        "at stop loss": "▼ −500.00 USD · venue",
    }


def test_the_margin_before_and_after_comes_with_its_level(screen: Screen) -> None:
    balance = Balance(key=MAIN, currency="USD", equity=Decimal(10_000), margin_used=Decimal(1_000))
    screen.services.dispatch([balance])
    assert costs(screen, figure(EstimateKind.MARGIN, "1000"))["used after"] == (
        "1,000.00 → 2,000.00 USD, level 1000.0 % → 500.0 %"
    )
    euros = costs(screen, figure(EstimateKind.MARGIN, "1000", currency="EUR"))
    assert euros["used after"] == "unknown: EUR and USD, no rate"
    shown = view(screen, Estimation(estimate=Estimate(figures=(figure(EstimateKind.MARGIN, "9001"),))))
    (line,) = (one for one in estimate_lines(shown) if one.name == "used after")
    assert line.tone is Tone.NOTICE, "more margin than equity"


def test_what_is_not_known_yet_says_so(screen: Screen) -> None:
    def only(estimation: Estimation, **changes: object) -> str:
        (line,) = estimate_lines(view(screen, estimation, **changes))
        return line.text

    assert only(Estimation()) == "when the order is complete"
    assert only(Estimation(waiting=True)) == "calculating…"
    assert only(Estimation(why="No link.")) == "unknown: No link."
    assert only(Estimation(), offer=Offer(capabilities=CAPABILITIES)) == "unknown before the order"


def test_stops_say_who_holds_them(screen: Screen) -> None:
    assert attached_line(view(screen).draft).text == "no stop, no target"
    assert attached_line(view(screen).draft).tone is Tone.PLAIN, "a fact of every plain order is no warning"
    stops = {"stop_loss": Typed(Decimal("1.09")), "trailing": Typed(Decimal("0.0020"))}
    line = attached_line(view(screen, **stops).draft)
    assert line.text == "stop loss 1.09000, trailing by 0.0020: held at the venue"
