"""What a trader fills in to log in at each venue, as data: the connection form is drawn from it.

The names are those under which the venue's connection reads its profile; what is secret goes to the keychain or the
vault and is never shown again.
"""

from dataclasses import dataclass

from workstation.domain.connection import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginField:
    """One field of the form."""

    name: str
    label: str
    secret: bool = False
    required: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueForm:
    """One venue's form. `environments` are those it may be used in."""

    venue: str
    title: str
    url_example: str
    fields: tuple[LoginField, ...]
    environments: tuple[Environment, ...] = tuple(Environment)


QST = VenueForm(
    venue="qst",
    title="QST",
    url_example="wss://host:port/path",
    fields=(
        LoginField(name="username", label="User name"),
        LoginField(name="password", label="Password", secret=True),
        LoginField(name="firmId", label="Firm", required=False, hint="As your broker wrote it; often empty."),
        LoginField(
            name="clientUniqueId",
            label="Client ID",
            hint="Names this computer to the venue. A second login with the same one closes the first.",
        ),
        LoginField(name="oe_username", label="Order entry user"),
        LoginField(
            name="passwordHash",
            label="Order entry password hash",
            secret=True,
            hint="The hash your broker gave you for order entry, exactly as it is.",
        ),
        LoginField(name="order_entry_provider", label="Order entry provider"),
    ),
)

VENUE_FORMS = {form.venue: form for form in (QST,)}
"""By venue, in the order in which they are offered."""
