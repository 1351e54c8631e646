"""How the venue writes its JSON: compact, or indented if a request wants that.

Fields the protocol calls "Floating number" always carry a fraction (4000.0): the vendor's own Java records cast to
Double and fail on a whole number. Values are exact decimals up to the last byte.
"""

from decimal import Decimal

import msgspec

TENTH = Decimal("0.1")
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def floating(value: Decimal) -> Decimal:
    """Return the same value, written with at least one place after the point."""
    exponent = value.as_tuple().exponent
    return value.quantize(TENTH) if isinstance(exponent, int) and exponent >= 0 else value


def written(document: object, *, pretty: bool = False) -> bytes:
    """Return a document as UTF-8 JSON."""
    text = _ENCODER.encode(document)
    return msgspec.json.format(text, indent=2) if pretty else text
