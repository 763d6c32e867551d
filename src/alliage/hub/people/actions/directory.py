"""The organisations of a pack, in the one table: providers of aid, and the directory. Hand edits stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

import alliage
from alliage.core.vocabulary.yaml_files import read_yaml
from alliage.hub.people.models import Organisation

FIELDS = (
    "name_fr", "name_en", "provider", "kinds", "city", "region", "website", "capabilities", "markets",
    "summary_fr", "summary_en", "sources", "as_of", "confidence", "demo",
)  # fmt: skip


@transaction.atomic
def load_organisations(*, pack: str | Path = alliage.DEFAULT_PACK, at: datetime) -> dict[str, int]:
    """Bring the table to what a pack says; how many were added and changed. Again changes nothing.

    A field that was changed by hand stays as it was left; an organisation that the pack no longer has stays too.
    """
    folder = alliage.pack_folder(pack)
    said = {one["slug"]: one for one in (*_providers(folder), *_directory(folder))}
    known = {organisation.slug: organisation for organisation in Organisation.objects.filter(slug__in=said)}
    new = [
        Organisation(slug=slug, created=at, from_pack=fields, **fields)
        for slug, fields in ((slug, _fields(one)) for slug, one in said.items())
        if slug not in known
    ]
    Organisation.objects.bulk_create(new)
    changed = [organisation for slug, organisation in known.items() if _meet(organisation, _fields(said[slug]))]
    Organisation.objects.bulk_update(changed, [*FIELDS, "from_pack"])
    return {"added": len(new), "changed": len(changed)}


def _meet(organisation: Organisation, fields: dict[str, Any]) -> bool:
    """Take what the pack changed, but in fields that somebody changed by hand; whether anything is to be written."""
    before = organisation.from_pack
    if before == fields:
        return False
    for name, value in fields.items():
        if before is not None and getattr(organisation, name) == before.get(name):
            setattr(organisation, name, value)
    organisation.from_pack = fields
    return True


def _fields(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in FIELDS}


def _providers(folder: Path) -> Iterable[dict[str, Any]]:
    for one in read_yaml(folder / "providers.yaml"):
        yield _said(
            one, slug=f"org-{one['id']}", provider=one["id"], kinds=["provider"], website=one.get("url"), demo=False
        )


def _directory(folder: Path) -> Iterable[dict[str, Any]]:
    file = folder / "organisations.yaml"
    for one in read_yaml(file) if file.is_file() else ():
        yield _said(one, slug=one["id"], provider="", kinds=one["kinds"], website=one.get("website"), demo=True)


def _said(one: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    name, summary = _both(one["name"]), _both(one.get("summary"))
    return {
        "name_fr": name["fr"],
        "name_en": name["en"],
        "city": one.get("city") or "",
        "region": one.get("region") or "",
        "capabilities": one.get("capabilities") or [],
        "markets": one.get("markets") or [],
        "summary_fr": summary["fr"],
        "summary_en": summary["en"],
        "sources": one.get("sources") or [],
        "as_of": str(one.get("as_of") or ""),
        "confidence": one.get("confidence") or "",
        **more,
        "website": more["website"] or "",
    }


def _both(said: Any) -> Mapping[str, str]:
    """A text in both languages; a name that has one form has it twice."""
    if isinstance(said, Mapping):
        return {"fr": said["fr"], "en": said["en"]}
    return {"fr": said or "", "en": said or ""}
