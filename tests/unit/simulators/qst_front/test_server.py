import asyncio
import json

from tests.support.qst_raw_client import qst_raw_client
from tests.support.qst_venue_bench import NOW_NS
from workstation.simulators.market import Market
from workstation.simulators.qst_front.server import QstOptions, serving_qst
from workstation.simulators.qst_front.venue import Credentials, QstVenue


def venue() -> QstVenue:
    return QstVenue(Market(seed=1, now_ns=NOW_NS), Credentials(), lambda: NOW_NS)


def test_the_announcement_says_all_a_client_needs() -> None:
    async def main() -> None:
        async with serving_qst(venue(), QstOptions()) as front:
            told = front.announcement
            assert list(told) == ["url", "login", "order_entry", "accounts", "instruments"]
            assert json.loads(json.dumps(told)) == told
            async with qst_raw_client(str(told["url"]), Credentials()) as client:
                answer = await client.log_in()
                assert [account.account_id for account in answer.accounts] == told["accounts"]

    asyncio.run(main())


def test_prices_and_steps_are_announced_as_text() -> None:
    async def main() -> None:
        async with serving_qst(venue(), QstOptions()) as front:
            told = front.announcement
            assert sorted(told["login"]) == ["clientUniqueId", "firmId", "password", "username"]  # type: ignore[call-overload]
            assert sorted(told["order_entry"]) == ["orderEntryProvider", "passwordHash", "username"]  # type: ignore[call-overload]
            instruments = told["instruments"]
            assert isinstance(instruments, list)
            assert len(instruments) == 16
            expected = {"symbol": "ZCZ26", "tick_size": "0.25", "lot_size": "1", "bid": "441.25", "ask": "441.50"}
            assert instruments[0] == expected

    asyncio.run(main())


def test_the_other_loopback_address_is_written_in_brackets() -> None:
    async def main() -> None:
        try:
            async with serving_qst(venue(), QstOptions(host="::1")) as front:
                assert front.url.startswith("ws://[::1]:")
        except OSError:
            return  # this computer has no IPv6

    asyncio.run(main())
