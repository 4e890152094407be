"""Many people pressing the same button at the same moment."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from mashang.core.errors import DomainError

Person = TypeVar("Person")
Result = TypeVar("Result")


def press(
    act: Callable[[Person], Result], people: Iterable[Person]
) -> tuple[list[Result], list[DomainError]]:
    """Runs `act` for each person in a thread of its own; returns what came back, and the refusals.

    All start together; each closes its own connection. The test needs `transaction=True`.
    """
    crowd = list(people)
    together = Barrier(len(crowd))

    def one(person: Person) -> Result | DomainError:
        together.wait()
        try:
            return act(person)
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(crowd)) as pool:
        answers = list(pool.map(one, crowd))
    refusals = [answer for answer in answers if isinstance(answer, DomainError)]
    return [answer for answer in answers if not isinstance(answer, DomainError)], refusals
