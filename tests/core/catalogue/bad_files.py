"""Files with one mistake each. The first lines of a file say which code the mistake must be given, and where:

    # expect: attribute-unknown at eligibility.all[0].attribute
    # found: company.employes
    # expected: company.employees

``at`` is the place in the file, or the file and the place in it; it is absent when the whole file is meant.
``found`` is what the report must show, ``expected`` what it must hold.
``written in`` is the encoding in which Alliage gets the file.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from alliage.core.vocabulary.errors import Problem

CASES = Path(__file__).resolve().parents[2] / "cases"
HEADER = re.compile(r"^# (expect|found|expected|written in): (.*)$", re.MULTILINE)
# Words of the libraries that read the files: a person who writes a pack never meets them.
LIBRARIES = re.compile(r"pydantic|input should|extra_|\bvalid\b|_type|_parsing|datetime\.|decimal\(", re.IGNORECASE)


@dataclass(frozen=True)
class Mistake:
    """One file, and the report that it must get."""

    path: Path
    code: str
    at: str
    found: str | None
    expected: str | None
    encoding: str

    @property
    def content(self) -> bytes:
        """The bytes to give to Alliage."""
        return self.path.read_text(encoding="utf-8").encode(self.encoding)

    @property
    def report(self) -> dict[str, str]:
        """What must be said of it, as far as the file tells."""
        told = {"code": self.code, "at": self.at, "found": self.found, "expected": self.expected}
        return {key: value for key, value in told.items() if value is not None}

    def seen_in(self, problem: Problem, *, file: str = "") -> dict[str, str]:
        """What a problem says of it: equal to :attr:`report` if it says what it must, in this file."""
        where = problem.where.removeprefix(file).removeprefix("::")
        holds = self.expected is not None and self.expected in problem.expected
        told = {"code": problem.code, "at": where, "found": problem.found}
        told["expected"] = self.expected if holds else problem.expected
        return {key: value for key, value in told.items() if key in self.report}


def speaks_of_libraries(problem: Problem) -> bool:
    """Whether a problem is told in the words of a library that read the file."""
    return bool(LIBRARIES.search(f"{problem.found} {problem.expected}"))


def mistakes(folder: str) -> list[Mistake]:
    """The files of mistakes of a folder of ``tests/cases``; a new file is collected by itself."""
    return [_mistake(path) for path in sorted((CASES / folder).glob("*.yaml"))]


def name_of(mistake: Mistake) -> str:
    """The name of a test."""
    return mistake.path.stem


def _mistake(path: Path) -> Mistake:
    said = dict(HEADER.findall(path.read_text(encoding="utf-8")))
    code, _, at = said["expect"].partition(" at ")
    return Mistake(path, code, at, said.get("found"), said.get("expected"), said.get("written in", "utf-8"))
