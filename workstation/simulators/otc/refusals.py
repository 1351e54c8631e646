"""Why the venue says no: its codes with its own words (XAPI 2.5.0, chapter 7)."""

REASONS = {
    "BE001": "Invalid price",
    "BE002": "Invalid StopLoss or TakeProfit",
    "BE003": "Invalid volume",
    "BE005": "userPasswordCheck: Invalid login or password.",
    "BE006": "Market for instrument is closed",
    "BE007": "Mismatched parameters",
    "BE009": "Not enough money on account to perform trade",
    "BE012": "Short positions prohibited",
    "BE018": "Trading on instrument disabled",
    "BE094": "Symbol does not exist for given account",
    "BE096": "Pending order cannot be closed. Pending order must be deleted",
    "BE097": "Cannot close already closed order",
    "BE098": "No such transaction",
    "BE099": "Other error",
    "BE102": "Unknown transaction type",
    "BE103": "User is not logged",
    "BE104": "Method does not exist",
    "BE105": "Incorrect period given",
    "BE106": "Missing data",
    "BE110": "Incorrect command format",
    "BE115": "Symbol does not exist",
    "BE117": "Invalid token",
    "BE118": "User already logged",
    "EX000": "Invalid parameters",
    "EX004": "Login credentials are incorrect or this login is not allowed to use an application with this appId",
    "EX007": "userPasswordCheck: Invalid login or password. This login/password is disabled for 10 minutes "
    "(the specific login and password pair is blocked after an unsuccessful login attempt).",
    "EX008": "You have reached the connection limit. For details see the Connection validation section.",
    "EX009": "Data limit potentially exceeded. Please narrow your request range. The potential data size is "
    "calculated by: (end_time - start_time) / interval. The limit is 50 000 candles",
}


class Refused(Exception):
    """A request that the venue does not do; `code` is one of REASONS, the text may be of its own."""

    def __init__(self, code: str, text: str = "") -> None:
        """Take the venue's words for `code` unless there are better ones."""
        super().__init__(text or REASONS[code])
        self.code = code
