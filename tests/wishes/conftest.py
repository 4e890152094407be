"""Who appears in several files: an enterprise and its buyer, a claim handed over and its family."""

import pytest

from tests.builders import make_worker
from tests.wishes.builders import make_organisation
from tests.wishes.deliveries import claimed, fresh, handed_over


@pytest.fixture
def wang():
    return make_worker("王丽")


@pytest.fixture
def organisation(branch_a, wang):
    return make_organisation(branch_a["county"], wang)


@pytest.fixture
def handed(branch_a, chen):
    """A claim whose goods the family has, and has not answered for."""
    claim = claimed(branch_a)
    handed_over(claim, chen)
    return fresh(claim)
