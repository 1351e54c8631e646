from workstation.simulators.xapi_front.outbox import Ending, Outbox, reply_name, request_name


def test_messages_wait_in_order_and_wake_the_sender() -> None:
    wakes: list[None] = []
    outbox = Outbox(lambda: wakes.append(None), backlog=5)
    outbox.put("a", b"1")
    outbox.put("b", b"2")
    assert list(outbox.waiting) == [("a", b"1"), ("b", b"2")]
    assert len(wakes) == 2


def test_a_client_that_lets_too_much_wait_is_dropped() -> None:
    outbox = Outbox(lambda: None, backlog=3)
    for _ in range(4):
        outbox.put("a", b"1")
    assert outbox.ending is Ending.DROP
    assert not outbox.waiting
    outbox.put("a", b"1")
    assert not outbox.waiting


def test_the_first_reason_to_end_stands() -> None:
    outbox = Outbox(lambda: None, backlog=3)
    outbox.put("a", b"1")
    outbox.end(Ending.AFTER_OUTBOX)
    outbox.end(Ending.DROP)
    assert outbox.ending is Ending.AFTER_OUTBOX
    assert outbox.waiting


def test_requests_and_replies_have_names_of_their_own_for_faults() -> None:
    assert [request_name(name) for name in ("tradeTransaction", "getChartLastRequest")] == [
        "tradeTransactionRequest",
        "getChartLastRequest",
    ]
    assert [reply_name(name) for name in ("tradeTransaction", "getChartLastRequest")] == [
        "tradeTransaction",
        "getChartLast",
    ]
