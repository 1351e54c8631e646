"""The symbols of the built-in XAPI venue: currencies, indices, commodities, shares and crypto currencies.

Written down on its own, not shared with the client's data, so that a mistake at one end shows at the other. Prices are
where the walk starts. A few rows are there for what they refuse: GAS-EX cannot be traded at all, the ``_9`` shares are
owned outright and cannot be sold short.
"""

from dataclasses import replace
from decimal import Decimal

from workstation.simulators.otc.symbols import COMMODITY, CRYPTO, FOREX, INDEX, SHARE, Symbol

_PAIRS = """
EURUSD|Euro to American Dollar|Major|1.15853|9|3.33|-9.4|2.9
GBPUSD|British Pound to American Dollar|Major|1.31247|13|3.33|-4.1|-1.9
USDJPY|American Dollar to Japanese Yen|Major|156.412|12|3.33|3.6|-19.8
USDCHF|American Dollar to Swiss Franc|Major|0.80631|15|3.33|4.2|-11.7
AUDUSD|Australian Dollar to American Dollar|Major|0.65124|12|5|-2.3|-1.1
USDCAD|American Dollar to Canadian Dollar|Major|1.40386|16|3.33|1.2|-7.9
NZDUSD|New Zealand Dollar to American Dollar|Major|0.56893|17|5|-1.6|-1.3
EURGBP|Euro to British Pound|Minor|0.88271|14|3.33|-5.9|1.4
EURJPY|Euro to Japanese Yen|Minor|181.208|19|3.33|1.4|-14.6
EURCHF|Euro to Swiss Franc|Minor|0.93414|19|3.33|0.9|-6.2
GBPJPY|British Pound to Japanese Yen|Minor|205.287|28|3.33|3.9|-25.1
EURPLN|Euro to Polish Zloty|Emerging|4.23615|260|5|-42.1|21.3
USDPLN|American Dollar to Polish Zloty|Emerging|3.65649|240|5|-18.7|-6.4
EURSEK|Euro to Swedish Krona|Minor|10.98212|420|5|-24.4|-9.1
USDNOK|American Dollar to Norwegian Krone|Minor|10.20433|460|5|-13.5|-12.2
USDCZK|American Dollar to Czech Koruna|Emerging|20.88140|620|5|-21.9|-19.7
USDHUF|American Dollar to Hungarian Forint|Emerging|329.871|240|5|-8.8|1.9
USDMXN|American Dollar to Mexican Peso|Emerging|18.33724|850|5|-98.3|41.2
USDZAR|American Dollar to South African Rand|Emerging|17.14306|1100|5|-89.4|36.6
USDTRY|American Dollar to Turkish Lira|Emerging|42.41517|2900|10|-890.5|310.2
"""
_INDICES = """
DE40|German index DAX|EUR|23412.5|11|5|25|-4.6|0.9
US500|American index S&P 500|USD|6712.4|5|5|50|-1.4|0.2
US100|American index Nasdaq 100|USD|24518.3|13|5|20|-5.2|0.7
US30|American index Dow Jones 30|USD|46873|3|5|5|-9.7|1.6
UK100|British index FTSE 100|GBP|9612.7|14|5|10|-1.9|0.1
FRA40|French index CAC 40|EUR|8044.6|10|5|10|-1.7|0.3
EU50|European index Euro Stoxx 50|EUR|5581.9|16|5|10|-1.1|0.2
JAP225|Japanese index Nikkei 225|JPY|48911|9|5|500|-3.1|-3.8
W20|Polish index WIG20|PLN|2978|1|10|20|-0.8|-0.5
"""
_COMMODITIES = """
GOLD|Gold|4085.31|31|2|5|100|-64.1|29.3
SILVER|Silver|51.284|26|3|10|5000|-6.8|2.1
OIL|Brent crude oil|62.45|3|2|10|1000|-0.9|-0.6
OIL.WTI|American crude oil|58.12|3|2|10|1000|-0.8|-0.7
NATGAS|Natural gas|4.521|9|3|10|30000|-1.2|-2.9
COPPER|Copper|10987.5|45|1|10|10|-58.8|11.4
WHEAT|Wheat|545.25|4|2|10|40|-12.7|2.2
COFFEE|Coffee|402.35|60|2|10|250|-6.2|-5.9
COCOA|Cocoa|5127|9|0|10|10|-77.2|14.5
"""
_SHARES = """
AAPL.US|Apple Inc CFD|USD|268.47|4|20
MSFT.US|Microsoft Corp CFD|USD|507.12|6|20
NVDA.US|Nvidia Corp CFD|USD|186.86|4|20
TSLA.US|Tesla Inc CFD|USD|429.52|8|20
SAP.DE|SAP SE CFD|EUR|212.35|7|20
SIE.DE|Siemens AG CFD|EUR|224.15|7|20
PKN.PL|Orlen SA CFD|PLN|94.12|9|20
KGH.PL|KGHM SA CFD|PLN|187.35|12|20
AAPL.US_9|Apple Inc|USD|268.47|4|100
PKN.PL_9|Orlen SA|PLN|94.12|9|100
"""
_CRYPTO = """
BITCOIN|Bitcoin|91240.5|420|1|50|1
ETHEREUM|Ethereum|3021.42|310|2|50|10
SOLANA|Solana|141.385|420|3|50|100
RIPPLE|Ripple|2.18742|480|5|50|10000
"""


def listed_symbols(extra_symbols: int = 0) -> tuple[Symbol, ...]:
    """Return the whole table, and so many made-up shares more."""
    rows = [
        *(_pair(line.split("|")) for line in _PAIRS.split("\n") if line),
        *(_index(line.split("|")) for line in _INDICES.split("\n") if line),
        *(_commodity(line.split("|")) for line in _COMMODITIES.split("\n") if line),
        *(_share(line.split("|")) for line in _SHARES.split("\n") if line),
        *(_crypto(line.split("|")) for line in _CRYPTO.split("\n") if line),
    ]
    gas = next(row for row in rows if row.symbol == "NATGAS")
    closed = replace(gas, symbol="GAS-EX", description="Natural gas, withdrawn", tradable=False, group="Withdrawn")
    made_up = (
        _share([f"SYN{n:04d}.US", f"Made-up share {n}", "USD", f"{20 + n % 480}.25", "4", "20"])
        for n in range(1, extra_symbols + 1)
    )
    return (*rows, closed, *made_up)


def _pair(cells: list[str]) -> Symbol:
    name, description, group, price, spread, leverage, long, short = cells
    places = len(price.partition(".")[2])
    return Symbol(
        symbol=name,
        description=description,
        category=FOREX,
        group=group,
        precision=places,
        pips_precision=places - 1,
        base_price=Decimal(price),
        spread_ticks=int(spread),
        contract_size=100_000,
        currency=name[:3],
        currency_profit=name[3:],
        leverage=Decimal(leverage),
        # The table's swaps count the last place of the price; the venue's, and so ours, are pips.
        swap_long=Decimal(long) / 10,
        swap_short=Decimal(short) / 10,
        stops_level=0 if group == "Major" else 2,
        margin_mode=101,
        profit_mode=5,
        class_number=21,
        volatility=6 if group != "Emerging" else 9,
    )


def _index(cells: list[str]) -> Symbol:
    name, description, currency, price, spread, leverage, size, long, short = cells
    return Symbol(
        symbol=name,
        description=description,
        category=INDEX,
        group="Indices",
        precision=1 if "." in price else 0,
        pips_precision=0,
        base_price=Decimal(price),
        spread_ticks=int(spread),
        contract_size=int(size),
        currency=currency,
        currency_profit=currency,
        leverage=Decimal(leverage),
        step_rule=2,
        swap_long=Decimal(long),
        swap_short=Decimal(short),
        stops_level=1,
    )


def _commodity(cells: list[str]) -> Symbol:
    name, description, price, spread, places, leverage, size, long, short = cells
    return Symbol(
        symbol=name,
        description=description,
        category=COMMODITY,
        group="Commodities",
        precision=int(places),
        pips_precision=max(int(places) - 2, 0),
        base_price=Decimal(price),
        spread_ticks=int(spread),
        contract_size=int(size),
        currency="USD",
        currency_profit="USD",
        leverage=Decimal(leverage),
        step_rule=2,
        tick_points=25 if name == "WHEAT" else 1,
        swap_long=Decimal(long) / 100,
        swap_short=Decimal(short) / 100,
        volatility=14,
    )


def _share(cells: list[str]) -> Symbol:
    name, description, currency, price, spread, leverage = cells
    owned = name.endswith("_9")
    return Symbol(
        symbol=name,
        description=description,
        category=SHARE,
        group={"USD": "US", "EUR": "Germany", "PLN": "Poland"}[currency],
        precision=2,
        pips_precision=2,
        base_price=Decimal(price),
        spread_ticks=int(spread),
        contract_size=1,
        currency=currency,
        currency_profit=currency,
        leverage=Decimal(leverage),
        lot_min=Decimal(1),
        lot_max=Decimal(10_000),
        lot_step=Decimal(1),
        step_rule=3,
        swap_long=Decimal(0) if owned else Decimal("-4.8"),
        swap_short=Decimal(0) if owned else Decimal("-2.1"),
        commission_rate=Decimal("0.0008"),
        commission_min=Decimal(8),
        short_selling=not owned,
        long_only=owned,
        trailing=not owned,
        margin_mode=103 if owned else 102,
        quote_id=3,
        class_number=10,
        volatility=14,
    )


def _crypto(cells: list[str]) -> Symbol:
    name, description, price, spread, places, leverage, size = cells
    return Symbol(
        symbol=name,
        description=description,
        category=CRYPTO,
        group="Crypto",
        precision=int(places),
        pips_precision=max(int(places) - 1, 0),
        base_price=Decimal(price),
        spread_ticks=int(spread),
        contract_size=int(size),
        currency="USD",
        currency_profit="USD",
        leverage=Decimal(leverage),
        step_rule=4,
        names_tick=False,
        lot_max=Decimal(20),
        swap_long=Decimal("-0.1"),
        swap_short=Decimal("-0.05"),
        volatility=20,
    )
