import threading

import pytest

from observatory.workspace.turns import Turns


def test_turns_are_given_in_the_order_of_arrival() -> None:
    turns, order = Turns(), []
    threads = []
    with turns.turn():
        for number in range(8):
            thread = threading.Thread(target=_take, args=(turns, order, number))
            thread.start()
            threads.append(thread)
            while len(turns._waiting) <= number:
                thread.join(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def _take(turns: Turns, order: list[int], number: int) -> None:
    with turns.turn():
        order.append(number)


def test_a_turn_is_passed_on_after_an_error() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    with turns.turn():
        assert turns._is_taken
    assert not turns._is_taken
