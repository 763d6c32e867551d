"""The real pack, loaded once."""

import pytest

import alliage
from alliage.core.catalogue.catalogue import Catalogue


@pytest.fixture(scope="session")
def real() -> Catalogue:
    """The catalogue of the pack that comes with Alliage."""
    return alliage.load_pack()
