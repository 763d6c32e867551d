"""A dossier as a file, and back: the YAML that ``alliage match`` reads."""

from __future__ import annotations

from typing import Any

import yaml

from alliage.core.rules.derivations import derive
from alliage.core.vocabulary.answers import plain
from alliage.core.vocabulary.profile import UNKNOWN, Profile, read_profile
from alliage.core.vocabulary.yaml_files import parse_yaml
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.forms.numbers import plain_number
from alliage.hub.finder.queries.engine import Engine

LARGEST = 100_000  # bytes of a file of answers
WIDTH = 110


def as_yaml(profile: Profile, *, engine: Engine, head: str) -> str:
    """The profile as YAML, in the order of the questions, under a line of comment."""
    content = as_plain(profile, engine=engine) or {"company": {}}
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_flow_style=None, width=WIDTH)
    return f"# {head}\n{text}"


def as_plain(profile: Profile, *, engine: Engine) -> dict[str, dict[str, Any]]:
    """The profile as plain data: what ``read_profile`` reads gives the same profile."""
    vocabulary = engine.vocabulary
    parts: dict[str, dict[str, Any]] = {}
    for name, attribute in vocabulary.attributes.items():
        if name in profile.answers:
            parts.setdefault(attribute.scope, {})[attribute.short] = plain(profile.answers[name])
        elif name in profile.unknown:
            parts.setdefault(attribute.scope, {})[attribute.short] = UNKNOWN
    if profile.lines:
        scope, _, short = vocabulary.roles.lines.partition(".")
        parts.setdefault(scope, {})[short] = [
            {
                "category": line.category,
                "amount": plain_number(line.amount),
                **({"date": line.date.isoformat()} if line.date else {}),
                **({"in_kind": True} if line.in_kind else {}),
            }
            for line in profile.lines
        ]
    return parts


def from_yaml(raw: bytes, *, name: str, engine: Engine) -> Dossier:
    """The dossier of a file.

    Raises:
        AlliageError: everything that is wrong with it; nothing is half-read.
    """
    profile = read_profile(parse_yaml(raw, name=name), vocabulary=engine.vocabulary, name=name)
    derive(profile, derivations=engine.catalogue.derivations, vocabulary=engine.vocabulary, on=engine.on)
    return Dossier.of(profile)
