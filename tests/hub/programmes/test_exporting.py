"""The database as a pack: exported, then loaded, it changes nothing; what was edited is written, the rest is kept."""

from __future__ import annotations

import copy
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

import alliage
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.programmes import actions
from alliage.hub.programmes.actions import Loaded, Why
from alliage.hub.programmes.exporting import export_pack
from alliage.hub.programmes.models import CatalogueState, Programme
from alliage.hub.programmes.queries import current_catalogue
from tests.hub.programmes.conftest import AT
from tests.hub.programmes.small_pack import SmallPack, with_name

pytestmark = pytest.mark.django_db
Load = Callable[[], Loaded]


def digests() -> dict[str, str]:
    return dict(Programme.objects.filter(retired=None).values_list("id", "current__digest"))


def edit(id_: str, **changed: Any) -> None:
    document = copy.deepcopy(dict(current_catalogue().programmes[id_].document))
    actions.edit_programme(document={**document, **changed}, why=Why(by="Équipe", at=AT))


@pytest.mark.parametrize("seed", range(3))
def test_load_export_load_gives_the_same_digests(pack: SmallPack, load: Load, tmp_path: Path, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a seed, no secret
    load()
    for id_ in random.sample(["c3i", "canexport-pme", "pari-cnrc"], 2):
        edit(id_, confidence=random.choice(["low", "medium"]), name={"fr": "Été : « 50 % »", "en": "A: #b"})
    before = digests()
    export_pack(tmp_path / "out", pack=pack.folder)
    loaded = actions.load_pack(pack=tmp_path / "out", by="test", at=AT)
    assert loaded.kept == loaded.merged == loaded.changed == ()
    assert digests() == before
    assert not CatalogueState.objects.get().edited, "the pack says all that was edited"
    assert alliage.load_pack(tmp_path / "out").programmes.keys() == before.keys()


def test_what_is_as_the_pack_says_keeps_its_bytes(pack: SmallPack, load: Load, tmp_path: Path) -> None:
    load()
    edit("c3i", confidence="low")
    done = export_pack(tmp_path / "out", pack=pack.folder)
    assert (done.written, done.gone) == (("c3i",), ())
    same = pack.file("federal/canexport-pme")
    assert (tmp_path / "out" / same.relative_to(pack.folder)).read_bytes() == same.read_bytes()
    assert (tmp_path / "out" / "places.csv").read_bytes() == (pack.folder / "places.csv").read_bytes()


def test_over_the_pack_itself_only_what_changed_is_written(pack: SmallPack, load: Load) -> None:
    load()
    edit("c3i", confidence="low")
    edit("c3i", id="new-credit", name={"fr": "Nouveau", "en": "New"})
    actions.retire(programme_id="pari-cnrc", why=Why(by="Équipe", at=AT, reason="fini"))
    stranger = pack.file("federal/unknown")
    stranger.write_text("not ours", encoding="utf-8")
    done = export_pack(pack.folder, pack=pack.folder)
    assert (done.written, done.gone) == (("c3i", "new-credit"), ("pari-cnrc",))
    assert pack.file("quebec/new-credit").exists()
    assert not pack.file("federal/pari-cnrc").exists()
    assert stranger.exists()


def test_a_folder_that_holds_something_else_is_not_touched(pack: SmallPack, load: Load, tmp_path: Path) -> None:
    load()
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(AlliageError) as refused:
        export_pack(folder, pack=pack.folder)
    assert refused.value.problems[0].code == "folder-taken"
    assert [file.name for file in folder.iterdir()] == ["letter.txt"]


def test_the_vocabulary_must_be_that_of_the_database(pack: SmallPack, load: Load, tmp_path: Path) -> None:
    load()
    (pack.folder / "synonyms.yaml").unlink()
    with pytest.raises(AlliageError) as refused:
        export_pack(tmp_path / "out", pack=pack.folder)
    assert refused.value.problems[0].code == "pack-not-loaded"
    assert not (tmp_path / "out").exists()


def test_the_command_exports_and_says_what_it_wrote(pack: SmallPack, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="pack-missing"):
        call_command("export_pack", str(tmp_path / "out"))
    actions.load_pack(pack=pack.folder, by="test", at=AT)
    edit("c3i", name=with_name({}, "X")["name"])
    said = StringIO()
    call_command("export_pack", str(tmp_path / "out"), pack=str(pack.folder), stdout=said)
    assert "2 kept · 1 written · 0 gone" in said.getvalue()
    assert "c3i" in said.getvalue()
