from workstation.venues.xapi.messages import MAIN_COMMANDS, Login, TradeTransaction

DOCUMENTED = """login logout getAllSymbols getCalendar getChartLastRequest getChartRangeRequest getCommissionDef
getCurrentUserData getIbsHistory getMarginLevel getMarginTrade getNews getProfitCalculation getServerTime getStepRules
getSymbol getTickPrices getTradeRecords getTrades getTradesHistory getTradingHours getVersion ping tradeTransaction
tradeTransactionStatus"""


def test_every_command_of_the_document_is_known() -> None:
    assert set(MAIN_COMMANDS) == set(DOCUMENTED.split())
    assert MAIN_COMMANDS["login"] is Login
    assert MAIN_COMMANDS["tradeTransaction"] is TradeTransaction
