"""What a gate has against a request."""

from dataclasses import dataclass
from enum import Enum


class Hardness(Enum):
    """Whether a finding can be confirmed away."""

    HARD = "HARD"
    SOFT = "SOFT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one gate has against a request. `gate` is a stable code, `text` says what is wrong, `cure` what helps."""

    gate: str
    hardness: Hardness
    text: str
    cure: str = ""
