"""The trader's own names of accounts, in the settings section ``aliases``: connection, then account, then name."""

from workstation.domain.identity import AccountKey, ConnectionID
from workstation.storage.connections import SettingsSections

_SECTION = "aliases"


def load_aliases(settings: SettingsSections) -> dict[AccountKey, str]:
    """Return every alias; entries that are none are left out."""
    return {
        AccountKey(ConnectionID(connection_id), account_id): alias
        for connection_id, accounts in settings.get(_SECTION).items()
        if isinstance(accounts, dict)
        for account_id, alias in accounts.items()
        if isinstance(alias, str) and alias
    }


def save_alias(settings: SettingsSections, account: AccountKey, alias: str) -> None:
    """Give `account` the name `alias`; an empty one takes it away.

    Raises:
        SettingsUnwritable: it holds for this run only.
    """
    section = settings.get(_SECTION)
    accounts = section.get(account.connection_id)
    named = dict(accounts) if isinstance(accounts, dict) else {}
    named.pop(account.account_id, None)
    if alias:
        named[account.account_id] = alias
    settings.put(_SECTION, {**section, account.connection_id: named})
