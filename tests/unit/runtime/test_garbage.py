import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from tests.support.fake_clock import FakeClock
from workstation.runtime.garbage import EVERYTHING_EVERY_S, FULL_EVERY_S, YOUNG_LIMIT, GarbageCollection


class Ring:
    """Holds itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def subject(clock: FakeClock) -> Iterator[GarbageCollection]:
    collection = GarbageCollection(clock.monotonic_s)
    collection.take_over()
    yield collection
    collection.give_back()


def make_ring() -> "weakref.ref[Ring]":
    return weakref.ref(Ring())


def allocate() -> None:
    """Do what would make the interpreter collect by itself."""
    kept = [[number] for number in range(YOUNG_LIMIT * 3)]
    assert kept


def test_another_thread_frees_no_ring(subject: GarbageCollection) -> None:
    ring = make_ring()
    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert ring() is not None


def test_a_look_frees_what_is_young(subject: GarbageCollection) -> None:
    ring = make_ring()
    kept = [[number] for number in range(YOUNG_LIMIT * 2)]
    subject.look()
    assert ring() is None
    assert kept


def test_a_look_at_little_does_nothing(subject: GarbageCollection) -> None:
    gc.collect(0)
    ring = make_ring()
    subject.look()
    assert ring() is not None


def test_a_full_pass_frees_what_has_grown_old(subject: GarbageCollection, clock: FakeClock) -> None:
    ring = Ring()
    seen = weakref.ref(ring)
    gc.collect(1)
    gc.collect(1)
    del ring
    subject.look()
    assert seen() is not None
    clock.advance(FULL_EVERY_S)
    subject.look()
    assert seen() is None


def test_what_was_frozen_is_visited_once_an_hour(subject: GarbageCollection, clock: FakeClock) -> None:
    ring = Ring()
    seen = weakref.ref(ring)
    clock.advance(FULL_EVERY_S)
    subject.look()  # the ring survives a full pass, and is left out of the next
    del ring
    clock.advance(FULL_EVERY_S)
    subject.look()
    assert seen() is not None
    clock.advance(EVERYTHING_EVERY_S)
    subject.look()
    assert seen() is None


def test_it_is_given_back_as_it_was() -> None:
    collection = GarbageCollection(FakeClock().monotonic_s)
    assert gc.isenabled()
    collection.take_over()
    assert not gc.isenabled()
    collection.give_back()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
