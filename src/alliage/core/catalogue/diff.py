"""What changed between two revisions of a catalogue, in words, the most important first.

The file that holds a programme, the order of keys and the keys of sources are not facts: they are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.change_words import ChangeWords, Side
from alliage.core.catalogue.differences import Difference, Path, differences, same, with_named_sources
from alliage.core.rules.wording import LANGUAGES
from alliage.core.vocabulary.attributes import Text

# Every kind of change, the most important first.
KINDS = (
    "programme-removed",
    "programme-redirected",
    "programme-added",
    "condition-removed",
    "condition-added",
    "condition-changed",
    "rate",
    "amount",
    "ceiling",
    "aid",
    "stacking",
    "intake",
    "confirm",
    "provider",
    "instrument",
    "need",
    "expense",
    "step",
    "contact",
    "text",
    "source",
    "confidence",
    "example",
    "item-removed",
    "item-added",
    "item-changed",
    "part-changed",
)
_BY_FIELD = {
    "stacking": "stacking",
    "intake": "intake",
    "confirm": "confirm",
    "provider": "provider",
    "delivered_by": "provider",
    "instrument": "instrument",
    "needs": "need",
    "expenses": "expense",
    "expenses_excluded": "expense",
    "expenses_excluded_words": "expense",
    "steps": "step",
    "contact": "contact",
    "url": "contact",
    "sources": "source",
    "background": "source",
    "name_unverified": "source",
    "as_of": "confidence",
    "confidence": "confidence",
    "cases": "example",
    "replaces": "text",
}
# Lists of a pack whose items have an id, with where they are; what else a pack holds is reported part by part.
_ITEMS: Mapping[str, tuple[str, ...]] = {
    "provider": ("providers",),
    "attribute": ("attributes", "attributes"),
    "group": ("attributes", "groups"),
    "place-set": ("place_sets",),
    "expense": ("expenses",),
}
_PARTS = (
    "manifest",
    "derivations",
    "places",
    "codes",
    "code_words",
    "synonyms",
    "capabilities",
    "organisations",
    "phrases",
)
_NOT_FACTS = frozenset({"file", "id"})


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``subject`` is ``programme``, another kind of item of the pack, or ``part`` (a whole part of it).

    ``before`` and ``after`` are plain data, ``None`` where there is nothing; ``text`` says it in both languages.
    """

    subject: str
    id: str
    name: Text
    kind: str
    path: str
    before: Any
    after: Any
    text: Text

    def as_dict(self) -> dict[str, Any]:
        """The change as plain data, for JSON."""
        return {
            "subject": self.subject,
            "id": self.id,
            "name": dict(self.name),
            "kind": self.kind,
            "path": self.path,
            "before": self.before,
            "after": self.after,
            "text": dict(self.text),
        }


def diff(before: Catalogue, after: Catalogue) -> tuple[Change, ...]:
    """Every change from one revision to another: programmes, then providers, attributes and the rest of the pack.

    Programmes come in the order of their most important change, then by id; so do the changes of each of them.
    """
    programmes = [*_gone(before, after), *_come(before, after), *_programme_changes(before, after)]
    first: dict[str, int] = {}
    for change in programmes:
        first[change.id] = min(first.get(change.id, len(KINDS)), KINDS.index(change.kind))
    programmes.sort(key=lambda change: (first[change.id], change.id, KINDS.index(change.kind)))
    return (*programmes, *_item_changes(before, after), *_part_changes(before, after))


# ------------------------------------------------------------------------------------------------- programmes


def _gone(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    """Programmes that are no more, or that another one replaced."""
    for id_ in sorted(before.programmes.keys() - after.programmes.keys()):
        old, target = before.programmes[id_], after.redirects.get(id_)
        if target is None:
            text = _said(after, "programme_removed", name=old.name)
            yield Change("programme", id_, old.name, "programme-removed", "", id_, None, text)
        else:
            text = _said(after, "programme_redirected", name=old.name, target=after.programmes[target].name)
            yield Change("programme", id_, old.name, "programme-redirected", "", id_, target, text)


def _come(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    for id_ in sorted(after.programmes.keys() - before.programmes.keys()):
        new = after.programmes[id_]
        text = _said(after, "programme_added", name=new.name)
        yield Change("programme", id_, new.name, "programme-added", "", None, id_, text)


def _programme_changes(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    for id_ in sorted(before.programmes.keys() & after.programmes.keys()):
        old = _facts(before.programmes[id_].document)
        new = _facts(after.programmes[id_].document)
        if same(old, new):
            continue
        named = _without_told(with_named_sources(old, new), before)
        words = _words(before, after, old, named)
        for difference in differences(old, named):
            name = after.programmes[id_].name
            yield _change("programme", id_, name, _kind(difference), difference, words)


def _facts(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in _NOT_FACTS}


def _without_told(document: Mapping[str, Any], before: Catalogue) -> Mapping[str, Any]:
    """A document without the former ids that were programmes before: their redirection is told on its own."""
    former = document.get("replaces") or ()
    rest = [id_ for id_ in former if id_ not in before.programmes]
    return {**document, "replaces": rest or None} if len(rest) < len(former) else document


def _kind(difference: Difference) -> str:
    """The kind of a difference in a programme, from where it is."""
    path = difference.path
    if path[-1] == "source":
        return "source"
    if path[0] == "eligibility":
        missing = {difference.before is None: "added", difference.after is None: "removed"}
        return f"condition-{missing.get(True, 'changed')}"
    return _aid_kind(path) if path[0] == "aid" else _BY_FIELD.get(str(path[0]), "text")


def _aid_kind(path: Path) -> str:
    if "ceilings" in path:
        return "ceiling"
    if str(path[-1]).startswith("rate_"):
        return "rate"
    if "amount" in path or "per_unit" in path:
        return "amount"
    return "text" if path[-1] == "terms" else "aid"


# ---------------------------------------------------------------------------------------- the rest of the pack


def _item_changes(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    """Providers, attributes and other named items: those that went, came, or changed."""
    for subject, place in _ITEMS.items():
        old, new = _items(before, place), _items(after, place)
        for id_ in sorted(old.keys() | new.keys()):
            if id_ not in new:
                yield _whole(subject, "item-removed", old[id_], None, after)
            elif id_ not in old:
                yield _whole(subject, "item-added", None, new[id_], after)
            else:
                words = _words(before, after, old[id_], new[id_])
                for found in differences(_facts(old[id_]), _facts(new[id_])):
                    yield _change(subject, id_, _name(new[id_]), "item-changed", found, words)


def _items(catalogue: Catalogue, place: tuple[str, ...]) -> dict[str, Mapping[str, Any]]:
    found: Any = catalogue.raw
    for key in place:
        found = found.get(key) or ()
    return {item["id"]: item for item in found}


def _name(item: Mapping[str, Any]) -> Text:
    name: Text = item.get("name") or item.get("label") or dict.fromkeys(LANGUAGES, item["id"])
    return name


def _whole(subject: str, kind: str, old: Any, new: Any, after: Catalogue) -> Change:
    item = new or old
    what = {lang: after.raw["phrases"]["change_subjects"][subject][lang] for lang in LANGUAGES}
    text = _said(after, kind.replace("-", "_"), what=what, name=_name(item))
    return Change(subject, item["id"], _name(item), kind, "", old, new, text)


def _part_changes(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    """Parts of the pack whose items have no id of their own: only that they changed is told."""
    for part in _PARTS:
        if not same(before.raw.get(part), after.raw.get(part)):
            name = {lang: after.raw["phrases"]["change_subjects"][part][lang] for lang in LANGUAGES}
            text = _said(after, "part_changed", name=name)
            yield Change("part", part, name, "part-changed", part, None, None, text)


# ------------------------------------------------------------------------------------------------------- words


def _words(before: Catalogue, after: Catalogue, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {
        lang: ChangeWords(
            before=Side(catalogue=before, document=old, lang=lang),
            after=Side(catalogue=after, document=new, lang=lang),
        )
        for lang in LANGUAGES
    }


def _change(
    subject: str, id_: str, name: Text, kind: str, difference: Difference, words: Mapping[str, ChangeWords]
) -> Change:
    text = {lang: said.sentence(difference) for lang, said in words.items()}
    return Change(subject, id_, name, kind, _written(difference.path), difference.before, difference.after, text)


def _written(path: Path) -> str:
    """A path as people write it: ``eligibility.all[2].source``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _said(catalogue: Catalogue, key: str, **filled: Text) -> dict[str, str]:
    template = catalogue.raw["phrases"]["changes"][key]
    return {lang: template[lang].format(**{name: text[lang] for name, text in filled.items()}) for lang in LANGUAGES}
