import asyncio
from collections.abc import Awaitable, Callable

from tests.support.xapi_connection_bench import FakeClock
from tests.support.xapi_transport import FedTransport
from workstation.venues.base import VenueUnreachable
from workstation.venues.xapi import codec, messages, records
from workstation.venues.xapi.conversation import Conversation
from workstation.venues.xapi.gravest import gravest
from workstation.venues.xapi.main_link import MainLink
from workstation.venues.xapi.moment import Moment
from workstation.venues.xapi.outcomes import Answered, LoggedIn, Outcome, Unanswered
from workstation.venues.xapi.trade_requests import RequestBook


class Owner:
    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.left: list[str] = []
        self.changes = 0
        self.told = asyncio.Event()

    def on_outcome(self, outcome: Outcome, now: Moment) -> None:
        self.outcomes.append(outcome)

    def on_left(self, tag: str, now: Moment) -> None:
        self.left.append(tag)

    def on_change(self) -> None:
        self.changes += 1
        self.told.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not holds():
                self.told.clear()
                await self.told.wait()


def played(play: Callable[[MainLink, FedTransport, Owner], Awaitable[None]]) -> BaseException:
    """Serve a link while `play` plays its part; return what ended it."""

    async def whole() -> BaseException:
        transport, owner = FedTransport(), Owner()
        talk = Conversation(messages.Login(user_id="1", password="p"), RequestBook(), 0.001)
        link = MainLink(transport, talk, FakeClock(), owner, 0.005)
        serving = asyncio.get_running_loop().create_task(link.serve())
        try:
            await owner.until(lambda: owner.left == ["login"])
            transport.feed(codec.encode_login_reply("846", b'"login"'))
            await owner.until(lambda: any(isinstance(each, LoggedIn) for each in owner.outcomes))
            await play(link, transport, owner)
            transport.end()
            await serving
        except BaseExceptionGroup as group:
            await link.close("over")
            assert transport.closed
            return gravest(group)
        raise AssertionError("a link ends by an error only")

    return asyncio.run(whole())


def test_it_sends_in_turn_and_passes_answers_on() -> None:
    async def play(link: MainLink, transport: FedTransport, owner: Owner) -> None:
        link.conversation.ask("q1", messages.GetVersion())
        link.wake()
        await owner.until(lambda: "q1" in owner.left)
        transport.feed(codec.encode_reply(records.Version(version="2.5.0"), b'"q1"'))
        await owner.until(lambda: any(isinstance(each, Answered) for each in owner.outcomes))
        assert link.last_in_ns > 0
        assert link.last_out_ns > 0

    ended = played(play)
    assert isinstance(ended, VenueUnreachable)
    assert "Sent last: login" in str(ended)
    assert "getVersion" in str(ended)


def test_a_large_reply_holds_up_no_small_one() -> None:
    async def play(link: MainLink, transport: FedTransport, owner: Owner) -> None:
        link.conversation.ask("large", messages.GetAllSymbols())
        link.conversation.ask("small", messages.GetVersion())
        link.wake()
        await owner.until(lambda: owner.left[1:] == ["large", "small"])
        symbols = tuple(records.SymbolRecord(symbol=f"S{number}") for number in range(3_000))
        transport.feed(codec.encode_reply(symbols, b'"large"'))
        transport.feed(codec.encode_reply(records.Version(version="2.5.0"), b'"small"'))
        await owner.until(lambda: sum(isinstance(each, Answered) for each in owner.outcomes) == 2)
        assert [each.tag for each in owner.outcomes if isinstance(each, Answered)] == ["small", "large"]

    played(play)


def test_a_goodbye_logs_out_and_ends_when_the_venue_does_not_play_along() -> None:
    async def whole(answers: bool) -> None:
        transport, owner = FedTransport(), Owner()
        link = MainLink(
            transport, Conversation(messages.Login(user_id="1"), RequestBook(), 0.001), FakeClock(), owner, 0.005
        )
        serving = asyncio.get_running_loop().create_task(link.serve())
        await owner.until(lambda: owner.left == ["login"])
        transport.feed(codec.encode_login_reply("846", b'"login"'))
        await owner.until(lambda: any(isinstance(each, LoggedIn) for each in owner.outcomes))
        link.conversation.ask("q1", messages.GetCalendar())
        serving.cancel()
        await asyncio.wait([serving])
        if answers:
            transport.feed(codec.encode_reply(custom_tag=b'"logout"', has_data=False))
        await link.say_goodbye(5.0 if answers else 0.02)
        await link.close("over")
        assert b'"logout"' in transport.sent[-1]
        assert Unanswered(tag="q1", lost=True) in owner.outcomes

    asyncio.run(whole(True))
    asyncio.run(whole(False))
