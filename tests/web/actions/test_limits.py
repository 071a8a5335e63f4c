"""Counting bad links by address."""

from web.actions.limits import ADDRESSES, MOST, WITHIN, BadLinks


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_a_minute_an_address_may_try_again() -> None:
    clock = Clock()
    bad = BadLinks(clock)
    assert not any(bad.too_many("a") for _ in range(MOST))
    assert bad.too_many("a")
    assert not bad.too_many("b")
    clock.now = WITHIN
    assert not bad.too_many("a")


def test_memory_is_bounded() -> None:
    bad = BadLinks(Clock())
    for number in range(ADDRESSES + 10):
        bad.too_many(str(number))
    assert len(bad._seen) == ADDRESSES
