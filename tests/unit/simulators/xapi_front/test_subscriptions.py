from workstation.simulators.xapi_front.subscriptions import tick_wish


def test_no_interval_is_the_venues_own() -> None:
    assert tick_wish(0, None).interval_s == 0.2
    assert tick_wish(1, None).interval_s == 0.001
    assert tick_wish(5000, 2).interval_s == 5


def test_a_quote_that_comes_too_early_is_due_later() -> None:
    wish = tick_wish(1000, None)
    assert wish.may_be_told(0)
    assert not wish.is_due
    assert not wish.may_be_told(0.9)
    assert wish.is_due
    assert wish.may_be_told(1.0)
    assert not wish.is_due
