"""Who gets in where: for each address somebody to whom it opens, found without asking everybody."""

from collections.abc import Callable, Iterable, Sequence

from django.http import HttpResponse
from django.test import Client

from mashang.unions.roles import holds
from mashang.web.policies import Policy, Who
from tests.access.addresses import Address
from tests.access.matrix import Browser
from tests.access.world import Actor, Family


class Doors:
    """People of a planted world, each with one browser. Who got in last is asked first the next time."""

    def __init__(
        self,
        actors: Iterable[Actor],
        families: Sequence[Family],
        client_of: Callable[[Actor], Client] = Actor.client,
    ) -> None:
        self.families = families
        self._people = [(actor, Browser(client_of(actor))) for actor in actors]

    def first(
        self, address: Address, opens: Callable[[HttpResponse], bool]
    ) -> tuple[Browser, str] | None:
        """The first browser to which the address opens, with its URL for them; None if there is none."""
        for url in self.urls(address):
            for browser in self.before(address):
                if opens(browser.open(url)):
                    self.got_in(browser)
                    return browser, url
        return None

    def urls(self, address: Address) -> list[str]:
        """The address for each family that has it."""
        families = self.families if address.has_family else [None]
        return list(dict.fromkeys(url for family in families if (url := address.url(family))))

    def before(self, address: Address) -> list[Browser]:
        """Of those whom the declared policy lets as far as the view; who is not signed in comes first."""
        passing = [each for each in self._people if passes(each[0], address.policy)]
        passing.sort(key=lambda each: each[0].user is not None)
        return [browser for _actor, browser in passing]

    def turned_away(self, address: Address) -> list[Browser]:
        """One of those who are signed in and get no further than the gate."""
        stopped = [
            browser
            for actor, browser in self._people
            if actor.user is not None and not passes(actor, address.policy)
        ]
        return stopped[:1]

    def got_in(self, browser: Browser) -> None:
        self._people.sort(key=lambda each: each[1] is not browser)


def passes(actor: Actor, policy: Policy) -> bool:
    """Whether the gate before the view lets this person through: who, and with which permission."""
    user = actor.user
    if policy.who is Who.ANYONE:
        return True
    if user is None or (policy.who is Who.STAFF and not user.is_staff):
        return False
    return policy.permission is None or holds(user, policy.permission)
