"""One object for equal figures: a blotter of a hundred thousand orders holds few different prices and quantities.

A Decimal takes a hundred bytes, a price on a ladder recurs in hundreds of orders, and every venue's message brings new
objects. Sharing is by the exact writing: 1.0 and 1.00 are equal but stay two objects, so that nothing on a screen, in
the journal or on a wire can change.
"""

from decimal import Decimal

_MOST = 1 << 16
_kept: dict[Decimal, Decimal] = {}


def shared(value: Decimal) -> Decimal:
    """Return the object that stands for `value`: the same digits, the same exponent and the same sign."""
    try:
        found = _kept.get(value)
    except TypeError:  # a signalling NaN has no hash
        return value
    if found is None:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[value] = value
        return value
    return value if found is value or found.compare_total(value) else found
