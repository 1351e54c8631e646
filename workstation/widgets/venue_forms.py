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
class UsualAddress:
    """An address that the venue's document names; choosing it fills `url` and the `settings`, nothing else."""

    label: str
    url: str
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueForm:
    """One venue's form. `environments` are those it may be used in."""

    venue: str
    title: str
    url_example: str
    fields: tuple[LoginField, ...]
    environments: tuple[Environment, ...] = tuple(Environment)
    addresses: tuple[UsualAddress, ...] = ()


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


def _sockets(label: str, host: str, main_port: int) -> UsualAddress:
    stream_url = f"tls://{host}:{main_port + 1}"
    return UsualAddress(label=label, url=f"tls://{host}:{main_port}", settings=(("stream_url", stream_url),))


def _web_socket(label: str, name: str) -> UsualAddress:
    base = f"wss://ws.xapi.pro/{name}"
    return UsualAddress(label=label, url=base, settings=(("stream_url", f"{base}Stream"),))


XAPI = VenueForm(
    venue="xapi",
    title="XAPI",
    url_example="tls://host:5124 or wss://host/demo",
    fields=(
        LoginField(
            name="stream_url",
            label="Stream address",
            hint="tls://host:5125 or wss://host/demoStream: the second address, for prices and order news.",
        ),
        LoginField(name="user_id", label="User ID", hint="The account number at the broker."),
        LoginField(
            name="password",
            label="Password",
            secret=True,
            hint="A wrong one is never tried twice: this venue blocks the login for ten minutes.",
        ),
    ),
    addresses=(
        _web_socket("X Open Hub demo, WebSocket", "demo"),
        _sockets("X Open Hub demo, sockets A", "xapia.x-station.eu", 5124),
        _sockets("X Open Hub demo, sockets B", "xapib.x-station.eu", 5124),
        _web_socket("X Open Hub real, WebSocket", "real"),
        _sockets("X Open Hub real, sockets A", "xapia.x-station.eu", 5112),
        _sockets("X Open Hub real, sockets B", "xapib.x-station.eu", 5112),
    ),
)
"""Addresses: XAPI 2.5.0, section 4. They differ from broker to broker, so each can be typed over."""

VENUE_FORMS = {form.venue: form for form in (QST, XAPI)}
"""By venue, in the order in which they are offered."""
