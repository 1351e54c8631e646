import asyncio

from workstation.venues.xapi.turns import Turns


def test_a_rest_ends_by_itself_or_when_woken() -> None:
    async def play() -> None:
        turns = Turns()
        await turns.rest(0.0)
        turns.wake()
        await turns.rest(float("inf"))
        resting = asyncio.get_running_loop().create_task(turns.rest(float("inf")))
        await asyncio.sleep(0)
        assert not resting.done()
        turns.wake()
        await resting

    asyncio.run(play())
