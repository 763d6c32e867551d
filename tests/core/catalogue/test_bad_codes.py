"""Each code that a check can give has a file with the mistake that it is for."""

from tests.core.catalogue.bad_files import mistakes
from tests.house.repository import error_words, python_files

FOLDERS = ("catalogue/bad", "packs/bad", "profiles/bad")
ELSEWHERE = {
    "attribute-field",  # the shape of `attributes.yaml` is checked before an attribute is built
    "attribute-type",
    "file-too-large",  # made by a test, not committed
    "programme-unknown",  # asked by a person, not written in a file
}
WARNINGS = {"condition-none", "fact-stale", "fact-uncertain", "fact-undated", "fact-unsourced", "source-future"}


def test_each_code_of_a_check_has_a_file():
    files = python_files("core/vocabulary", "core/rules", "core/catalogue")
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    given = {code for code in error_words() if f'"{code}"' in source}
    shown = {mistake.code for folder in FOLDERS for mistake in mistakes(folder)}
    assert len(given) > 80
    assert sorted(given - shown - ELSEWHERE - WARNINGS) == []
    assert sorted(shown - given) == []
