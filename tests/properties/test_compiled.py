"""The compiled pack: missing, stale, corrupt, not writable or in another format, it never changes an answer."""

import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliage
from alliage.core.catalogue import compiled
from alliage.core.catalogue.catalogue import Catalogue
from tests import invented

STAMP = "0123456789ab ba9876543210"


@pytest.fixture(scope="module")
def written() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        compiled._write(Path(folder) / "pack.pack", STAMP, {"programmes": {"é": [1, 2.5, None]}})
        return (Path(folder) / "pack.pack").read_bytes()


def read_back(content: bytes, *, stamp: str = STAMP) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.pack"
        path.write_bytes(content)
        return compiled._read(path, stamp)


def test_what_was_written_reads_back(written: bytes):
    assert read_back(written) == {"programmes": {"é": [1, 2.5, None]}}


@given(st.data())
def test_one_changed_byte_is_seen(written: bytes, data: st.DataObject):
    at = data.draw(st.integers(0, len(written) - 1))
    flipped = written[at] ^ data.draw(st.integers(1, 255))
    assert read_back(written[:at] + bytes([flipped]) + written[at + 1 :]) is None


@given(st.data())
def test_a_file_cut_short_or_followed_by_more_is_seen(written: bytes, data: st.DataObject):
    assert read_back(written[: data.draw(st.integers(0, len(written) - 1))]) is None
    assert read_back(written + data.draw(st.binary(min_size=1, max_size=3))) is None


@given(st.binary(max_size=60))
def test_any_other_file_is_not_taken_for_a_pack(content: bytes):
    assert read_back(content) is None


def test_a_file_for_other_data_or_of_another_format_is_not_used(written: bytes):
    assert read_back(written, stamp="0123456789ab 000000000000") is None
    assert read_back(written.replace(compiled.FORMAT.encode(), b"alliage-pack-0", 1)) is None


def test_a_file_of_another_alliage_or_another_python_is_not_used(written: bytes):
    mine = (alliage.__version__, str(sys.implementation.cache_tag))
    for named in mine:
        assert named in compiled.FORMAT.split()
        assert read_back(written.replace(named.encode(), b"0.0.0", 1)) is None


# -------------------------------------------------------------------------------------------- whole packs


def same(one: Catalogue, other: Catalogue) -> bool:
    return one == other and one.raw == other.raw and one.revision == other.revision


@pytest.fixture
def fresh() -> Catalogue:
    return alliage.load_pack(invented.FOLDER)


def test_a_pack_is_the_same_from_its_files_and_compiled(tmp_path: Path, fresh: Catalogue, monkeypatch):
    assert same(alliage.load_pack(invented.FOLDER, cache=tmp_path), fresh)
    monkeypatch.setattr(compiled, "read_pack", lambda *_, **__: pytest.fail("the files were read again"))
    assert same(alliage.load_pack(invented.FOLDER, cache=tmp_path), fresh)


def test_a_stale_file_is_made_again(tmp_path: Path):
    folder = tmp_path / "invented"
    shutil.copytree(invented.FOLDER, folder)
    before = alliage.load_pack(folder, cache=tmp_path / "cache")
    path = folder / "programmes" / "guild" / "open-hand.yaml"
    path.write_text(path.read_text("utf-8").replace("confidence: medium", "confidence: low"), "utf-8")
    after = alliage.load_pack(folder, cache=tmp_path / "cache")
    assert before.revision != after.revision
    assert [c.programme("open-hand").confidence for c in (before, after)] == ["medium", "low"]
    assert same(alliage.load_pack(folder, cache=tmp_path / "cache"), after)


@pytest.mark.parametrize("damage", [b"", b"alliage-pack-1", b"\xff\xfe\n{}", b"{}"])
def test_a_corrupt_file_is_made_again(tmp_path: Path, fresh: Catalogue, damage: bytes):
    alliage.load_pack(invented.FOLDER, cache=tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert same(alliage.load_pack(invented.FOLDER, cache=tmp_path), fresh)
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path, fresh: Catalogue):
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file where a folder is wanted", "utf-8")
    assert same(alliage.load_pack(invented.FOLDER, cache=in_the_way), fresh)
    assert same(alliage.load_pack(invented.FOLDER, cache=in_the_way / "deeper"), fresh)


def test_a_folder_in_place_of_the_file_changes_nothing_and_leaves_no_rest(tmp_path: Path, fresh: Catalogue):
    (tmp_path / "invented.pack" / "inside").mkdir(parents=True)
    assert same(alliage.load_pack(invented.FOLDER, cache=tmp_path), fresh)
    assert [path.name for path in tmp_path.iterdir()] == ["invented.pack"]
