"""Loading a pack and editing by hand: nothing is lost, nothing is done twice, nothing broken reaches the site."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

import alliage
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.programmes import actions
from alliage.hub.programmes.actions import Loaded, Why
from alliage.hub.programmes.models import CatalogueState, Conflict, PackLoad, Programme, Quarantine, Redirect, Revision
from alliage.hub.programmes.queries import current_catalogue
from tests.hub.programmes.conftest import AT
from tests.hub.programmes.small_pack import SmallPack, with_name

pytestmark = pytest.mark.django_db
Load = Callable[[], Loaded]


def edited(id_: str, name: str) -> Revision:
    document = with_name(current_catalogue().programmes[id_].document, name)
    return actions.edit_programme(document=document, why=Why(by="Équipe", reason="nom corrigé", at=AT)).revision


def test_two_who_edit_at_once_wait_for_each_other(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite lets one write at a time by itself; PostgreSQL must be told which row is held."""
    load()
    held: list[object] = []
    asked = QuerySet.select_for_update

    def asking(rows: Any, **how: Any) -> Any:
        held.append(rows.model)
        return asked(rows, **how)

    monkeypatch.setattr(QuerySet, "select_for_update", asking)
    edited("c3i", "Autre nom")
    assert held[:2] == [Programme, CatalogueState]
    held.clear()
    load()
    assert held == [Programme, CatalogueState], "a load writes whole programmes: none may be edited meanwhile"


def test_before_the_first_load_the_pack_on_disk_serves() -> None:
    assert len(current_catalogue().programmes) == len(alliage.load_pack().programmes)


def test_a_first_load_makes_one_revision_of_each_programme(load: Load) -> None:
    loaded = load()
    assert set(loaded.added) == {"c3i", "canexport-pme", "pari-cnrc"}
    assert {r.number for r in Revision.objects.all()} == {1}
    assert all(r.source == "pack" and r.pack_revision == loaded.pack_revision for r in Revision.objects.all())
    assert PackLoad.objects.get().counts["added"] == 3


def test_the_database_gives_the_catalogue_of_its_pack(pack: SmallPack, load: Load) -> None:
    load()
    own, real = current_catalogue(), alliage.load_pack(pack.folder)
    assert own.revision == real.revision
    assert own.redirects == real.redirects
    for id_, programme in real.programmes.items():
        assert own.programmes[id_].conditions == programme.conditions
        assert {**own.programmes[id_].document, "file": programme.document["file"]} == programme.document


def test_loading_the_same_pack_again_changes_nothing(load: Load) -> None:
    load()
    before = (CatalogueState.objects.get().stamp, Revision.objects.count(), PackLoad.objects.count())
    again = load()
    assert not again.touched
    assert len(again.unchanged) == 3
    assert (CatalogueState.objects.get().stamp, Revision.objects.count(), PackLoad.objects.count()) == before


def test_a_changed_document_is_a_new_revision_that_says_what_changed(pack: SmallPack, load: Load) -> None:
    load()
    pack.replace("federal/canexport-pme", "at_most: 500,", "at_most: 400,")
    assert load().changed == ("canexport-pme",)
    revision = Programme.objects.get(id="canexport-pme").current
    assert revision is not None
    assert revision.number == 2
    (change,) = revision.changes
    assert change["kind"] == "condition-changed"
    assert "400" in change["text"]["fr"]
    assert "500" in change["text"]["en"]


def test_the_site_shows_a_change_at_once(pack: SmallPack, load: Load) -> None:
    load()
    before = current_catalogue()
    assert current_catalogue() is before
    pack.replace("federal/canexport-pme", "CanExport PME", "CanExport nouveau")
    load()
    assert "nouveau" in current_catalogue().programmes["canexport-pme"].name["fr"]


def test_an_edit_made_by_hand_outlives_loads(pack: SmallPack, load: Load) -> None:
    load()
    edited("canexport-pme", "CanExport (corrigé)")
    assert current_catalogue().revision != CatalogueState.objects.get().pack_revision
    assert not load().touched
    assert not Conflict.objects.exists()
    pack.replace("federal/canexport-pme", "fr: CanExport PME", "fr: CanExport, autrement")
    assert load().kept == ("canexport-pme",)
    assert current_catalogue().programmes["canexport-pme"].name["fr"] == "CanExport (corrigé)"
    conflict = Conflict.objects.get()
    assert (conflict.kind, conflict.kept.source, conflict.settled) == ("changed", "hand", None)
    assert [clash["place"] for clash in conflict.clashes] == ["name"]
    assert not load().touched, "the same conflict is recorded once"
    assert Conflict.objects.count() == 1


def test_an_edit_is_kept_even_when_the_pack_drops_the_programme(pack: SmallPack, load: Load) -> None:
    load()
    edited("pari-cnrc", "PARI (corrigé)")
    pack.drop("federal/pari-cnrc")
    load()
    assert "pari-cnrc" in current_catalogue().programmes
    assert Conflict.objects.get().kind == "removed"
    assert not load().touched


def test_a_pack_that_catches_up_with_an_edit_makes_no_conflict(pack: SmallPack, load: Load) -> None:
    load()
    document = copy.deepcopy(dict(current_catalogue().programmes["canexport-pme"].document))
    document["name"]["fr"] = "CanExport nouveau"
    actions.edit_programme(document=document, why=Why(by="Équipe", at=AT))
    pack.replace("federal/canexport-pme", "fr: CanExport PME", "fr: CanExport nouveau")
    assert not load().kept
    assert not Conflict.objects.exists()


def test_a_programme_that_the_pack_dropped_is_retired_and_may_come_back(pack: SmallPack, load: Load) -> None:
    load()
    text = pack.file("federal/pari-cnrc").read_text(encoding="utf-8")
    pack.drop("federal/pari-cnrc")
    assert load().retired == ("pari-cnrc",)
    assert "pari-cnrc" not in current_catalogue().programmes
    assert Programme.objects.get(id="pari-cnrc").retired == AT
    assert Revision.objects.filter(programme="pari-cnrc").count() == 1
    assert not load().touched
    pack.file("federal/pari-cnrc").write_text(text, encoding="utf-8")
    assert load().restored == ("pari-cnrc",)
    assert "pari-cnrc" in current_catalogue().programmes


def test_redirects_stay_when_documents_forget_them(pack: SmallPack, load: Load) -> None:
    load()
    pack.replace("quebec/c3i", "id: c3i\n", "id: c3i\nreplaces: [ancien-credit]\n")
    load()
    pack.replace("quebec/c3i", "replaces: [ancien-credit]\n", "")
    load()
    assert Redirect.objects.get(old="ancien-credit").programme_id == "c3i"
    assert current_catalogue().programme("ancien-credit").id == "c3i"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("company.employees", "company.employes", "attribute-unknown"),
        ("confidence: high", "confidence: sure", "value-unknown"),
        ("needs: [", "needs: [[", ""),
    ],
)
def test_a_broken_document_is_put_in_quarantine_and_the_site_lives_on(
    pack: SmallPack, load: Load, before: str, after: str, code: str
) -> None:
    load()
    good = pack.file("federal/canexport-pme").read_text(encoding="utf-8")
    pack.replace("federal/canexport-pme", before, after)
    assert load().quarantined == ("canexport-pme",)
    row = Quarantine.objects.get(lifted=None)
    assert row.problems
    assert not code or code in {problem["code"] for problem in row.problems}
    assert len(current_catalogue().programmes) == 3, "the last good revision stays"
    load()
    assert Quarantine.objects.count() == 1
    pack.file("federal/canexport-pme").write_text(good, encoding="utf-8")
    load()
    assert not Quarantine.objects.filter(lifted=None).exists()


def test_a_programme_broken_at_its_first_load_takes_no_other_with_it(pack: SmallPack, load: Load) -> None:
    pack.replace("federal/canexport-pme", "confidence: high", "confidence: sure")
    pack.replace("quebec/c3i", "stacking:\n", "stacking:\n  not_with: [canexport-pme]\n")
    loaded = load()
    assert loaded.quarantined == ("canexport-pme",)
    assert set(current_catalogue().programmes) == {"c3i", "pari-cnrc"}


def test_a_pack_whose_vocabulary_is_wrong_changes_nothing(pack: SmallPack, load: Load) -> None:
    load()
    (pack.folder / "providers.yaml").write_text("- {id: x}\n", encoding="utf-8")
    with pytest.raises(AlliageError):
        load()
    assert len(current_catalogue().programmes) == 3


def test_an_edit_that_is_wrong_is_refused_whole(load: Load) -> None:
    load()
    document = {**current_catalogue().programmes["c3i"].document, "provider": "personne"}
    with pytest.raises(AlliageError) as refused:
        actions.edit_programme(document=document, why=Why(by="Équipe", at=AT))
    assert refused.value.problems[0].code == "provider-unknown"
    assert Revision.objects.count() == 3


def test_an_edit_that_an_older_vocabulary_allowed_is_left_out_alone(load: Load) -> None:
    load()
    revision = Revision.objects.get(programme="c3i")
    revision.document["eligibility"]["all"].append({"attribute": "company.gone", "is": True, "source": "s1"})
    revision.save()
    CatalogueState.objects.update(stamp="another")
    assert set(current_catalogue().programmes) == {"canexport-pme", "pari-cnrc"}


def test_revisions_follow_each_other(load: Load) -> None:
    load()
    first = edited("c3i", "Un")
    second = actions.edit_programme(
        document=with_name(first.document, "Deux"),
        why=Why(by="Équipe", reason="encore", at=AT + timedelta(days=1)),
    ).revision
    assert (first.number, second.number) == (2, 3)
    assert second.reason == "encore"


def test_the_command_loads_and_says_what_it_did(pack: SmallPack) -> None:
    said, faults = StringIO(), StringIO()
    pack.replace("federal/canexport-pme", "confidence: high", "confidence: sure")
    call_command("load_pack", str(pack.folder), stdout=said, stderr=faults)
    assert "2 added" in said.getvalue()
    assert "canexport-pme" in faults.getvalue()


def test_the_command_refuses_a_folder_that_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="pack-missing"):
        call_command("load_pack", str(tmp_path / "nothing"))
