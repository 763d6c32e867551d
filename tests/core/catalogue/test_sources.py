"""The files of a pack are read whole, each mistake with its place; the revision names their exact content."""

import shutil
from pathlib import Path

import pytest

import alliage
from alliage.core.catalogue.sources import pack_files, read_pack, read_programme, read_table, revision
from alliage.core.vocabulary.errors import AlliageError
from tests import invented


def refusal(path: Path, columns: tuple[str, ...] = ("a", "b")) -> tuple[str, str]:
    with pytest.raises(AlliageError) as caught:
        read_table(path, columns)
    (problem,) = caught.value.problems
    return problem.code, problem.where


def table(folder: Path, text: str) -> Path:
    path = folder / "t.csv"
    path.write_bytes(text.encode())
    return path


def test_a_table_keeps_the_wanted_columns_and_skips_comments(tmp_path: Path):
    path = table(tmp_path, '# said\na,b,c\n1,"x,y",3\n\n# more\n2,é,\n')
    assert read_table(path, ("a", "b")) == [{"a": "1", "b": "x,y"}, {"a": "2", "b": "é"}]


def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path):
    assert refusal(tmp_path / "none.csv") == ("file-missing", "none.csv")
    assert refusal(table(tmp_path, "a,c\n1,2\n")) == ("table-columns", "t.csv")
    assert refusal(table(tmp_path, "")) == ("table-columns", "t.csv")
    assert refusal(table(tmp_path, "a,b\n1,2\n3\n"))[0] == "table-row"
    assert refusal(table(tmp_path, "a,b\n1,2,3\n"))[0] == "table-row"
    (tmp_path / "t.csv").write_bytes(b"a,b\n\xe9,2\n")
    assert refusal(tmp_path / "t.csv")[0] == "file-encoding"


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path):
    with pytest.raises(AlliageError, match="pack-missing"):
        read_pack(tmp_path, common=alliage.COMMON)


def test_the_revision_follows_every_byte_and_every_name(tmp_path: Path):
    folder = tmp_path / "pack"
    shutil.copytree(invented.FOLDER, folder)
    first = revision(folder)
    assert first == revision(invented.FOLDER) == invented.catalogue().revision
    assert len(first) == 12
    (folder / "notes.txt").write_text("not data", "utf-8")
    assert revision(folder) == first
    (folder / "grid.csv").rename(folder / "grille.csv")
    renamed = revision(folder)
    (folder / "synonyms.yaml").write_bytes((folder / "synonyms.yaml").read_bytes() + b"\n")
    assert len({first, renamed, revision(folder)}) == 3


def test_files_come_in_one_order():
    files = pack_files(invented.FOLDER)
    assert files == sorted(files)
    assert {path.suffix for path in files} == {".yaml", ".csv"}


def test_one_programme_is_read_alone():
    raw = (invented.FOLDER / "programmes" / "guild" / "open-hand.yaml").read_bytes()
    assert read_programme(raw, name="open-hand.yaml")["kind"] == "programme"
    with pytest.raises(AlliageError, match="field-missing"):
        read_programme(b"id: x", name="x.yaml")


def test_a_pack_may_say_some_words_its_own_way(tmp_path: Path):
    folder = tmp_path / "pack"
    shutil.copytree(invented.FOLDER, folder)
    words = 'verdicts:\n  eligible: {fr: "voilà", en: "there you are"}\n'
    (folder / "phrases.yaml").write_text(words, "utf-8")
    phrases = read_pack(folder, common=alliage.COMMON)["phrases"]
    assert phrases["verdicts"]["eligible"]["fr"] == "voilà"
    assert phrases["verdicts"]["possible"]["fr"] == "à vérifier"


def test_days_in_free_files_are_text_as_in_a_compiled_pack():
    assert invented.raw()["organisations"][0]["founded"] == "1912-05-01"
