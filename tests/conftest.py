"""What all tests share: a browser, and how many examples a law is tried on.

``everyday`` draws new examples at each run; ``steady`` draws the same ones each time (a mutant must die of
its mutation, not of luck); ``thorough`` is for ``make proof``.
"""

from hypothesis import HealthCheck, Phase, settings

from tests.browser import browser

__all__ = ["browser"]

settings.register_profile("everyday", max_examples=100, deadline=None)
settings.register_profile(
    "steady",
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a mutant that dies needs no simplest example
)
settings.register_profile("thorough", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("everyday")
