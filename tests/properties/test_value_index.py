"""A whole match is the same through the value index, on any day; `test_question_index.py` tries it on any rules."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from alliage.core.matching.results import match
from alliage.core.matching.value_index import ValueIndex
from alliage.core.vocabulary.profile import Profile
from tests import invented
from tests.properties.strategies import fewer, narrow_and_wide_profiles

CATALOGUE = invented.catalogue()
DAYS = (date(2025, 12, 31), date(2026, 1, 1), invented.TODAY)


@given(narrow_and_wide_profiles(), st.sampled_from(DAYS))
@fewer
def test_a_whole_match_is_the_same_through_the_index(pair: tuple[Profile, Profile], on: date):
    index = ValueIndex.of(list(CATALOGUE.programmes.values()), vocabulary=CATALOGUE.vocabulary, on=on)
    for profile in pair:
        sooner = match(CATALOGUE, profile, on=on, finder=index.findings)
        assert sooner.results == match(CATALOGUE, profile, on=on).results
