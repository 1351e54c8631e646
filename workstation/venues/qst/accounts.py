"""The accounts of one login, by every name that QST uses for them.

A login lists account ids, notifications name account numbers, and whether both are one number space is not published
(QST spec 3.3, 4.3). So an account is found by its id, its name, its text, or by a number that stood in its own book.
"""

from functools import lru_cache

from workstation.domain.account import Account
from workstation.domain.connection import ConnectionProfile
from workstation.domain.identity import AccountKey
from workstation.venues.qst.messages import OEAccount

VENUE = "qst"


class AccountDirectory:
    """Who is who among the accounts of one connection."""

    def __init__(self, profile: ConnectionProfile) -> None:
        self._profile = profile
        self._ids: list[str] = []
        self._id_of: dict[str, str] = {}
        self.key = lru_cache(maxsize=1_024)(self._key)  # told with every order

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids to switch to, in the venue's order."""
        return tuple(self._ids)

    def list(self, accounts: tuple[OEAccount, ...]) -> tuple[Account, ...]:
        """Take the accounts of a login in place of the ones known before, and return them in our words."""
        known = [account for account in accounts if account.account_id]
        self._ids = list(dict.fromkeys(account.account_id for account in known))
        self._id_of = {}
        for account in known:
            for name in (account.account_representation, account.account_name):
                if name:
                    self._id_of.setdefault(name, account.account_id)
        self._id_of.update((account_id, account_id) for account_id in self._ids)
        return tuple(self._account(account) for account in {each.account_id: each for each in known}.values())

    def _key(self, account_id: str) -> AccountKey:
        """Return our key of an account id."""
        return AccountKey(self._profile.connection_id, account_id)

    def id_of(self, number: str) -> str | None:
        """Return the id of the account that QST calls `number`, or None when no account is known by that name."""
        return self._id_of.get(number)

    def learn(self, number: str, account_id: str) -> None:
        """Remember that `number` stood in the book of `account_id`."""
        if number:
            self._id_of.setdefault(number, account_id)

    def key_of(self, number: str, current: str = "") -> AccountKey:
        """Return the key for an account number of a message; the `current` account where the message names none."""
        return self.key(self._id_of.get(number, number) if number else current)

    def _account(self, account: OEAccount) -> Account:
        name = account.account_representation or account.account_name or account.account_id
        return Account(
            key=self.key(account.account_id),
            venue=VENUE,
            environment=self._profile.environment,
            name=name,
            alias=account.account_name or name,
            currency=self._profile.settings.get("currency", "USD"),
        )
