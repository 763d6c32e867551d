"""YAML is read strictly: what could surprise is refused, with a code and a place."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.yaml_files import DEEPEST, LARGEST_BYTES, parse_yaml, read_yaml


def refusal(raw: bytes) -> Problem:
    with pytest.raises(AlliageError) as caught:
        parse_yaml(raw, name="x.yaml")
    (problem,) = caught.value.problems
    return problem


def test_values_keep_their_types():
    text = 'a: 1\nb: 0.5\nc: true\nd: 2026-11-26\ne: "08"\nf: [x, null]\ng: é\n'
    assert parse_yaml(text.encode(), name="x.yaml") == {
        "a": 1, "b": 0.5, "c": True, "d": date(2026, 11, 26), "e": "08", "f": ["x", None], "g": "é",
    }  # fmt: skip


def test_a_byte_order_mark_is_let_through():
    assert parse_yaml(b"\xef\xbb\xbfa: 1", name="x.yaml") == {"a": 1}


@pytest.mark.parametrize(
    ("raw", "code", "where", "found"),
    [
        (b"", "file-empty", "x.yaml", ""),
        (b"# only a comment\n", "file-empty", "x.yaml", ""),
        (b"a: 1\nb: \xe9\n", "file-encoding", "x.yaml::2", "0xe9"),
        (b"a: 1\nb: 2\na: 3\n", "yaml-duplicate-key", "x.yaml::3:1", "a"),
        (b"a: {b: 1, b: 2}", "yaml-duplicate-key", "x.yaml::1:11", "b"),
        (b"1: one\n", "yaml-key", "x.yaml::1:1", "1"),
        (b"yes: one\n", "yaml-key", "x.yaml::1:1", "yes"),
        (b"? [a]\n: 1\n", "yaml-key", "x.yaml::1:3", ""),
        (b"a: &x 1\nb: *x\n", "yaml-alias", "x.yaml::2:4", "*"),
        (b"a: [1\n", "yaml-syntax", "x.yaml::1:4", "a: [1"),
        (b"a: 1\n---\nb: 2\n", "yaml-syntax", "x.yaml::2:1", ""),
        (b"a: 2026-02-30\n", "yaml-value", "x.yaml::1:4", "2026-02-30"),
        (b"a: !!python/object:os.system x\n", "yaml-syntax", "x.yaml::1:4", "python/object"),
        (b"a: !!timestamp soon\n", "yaml-syntax", "x.yaml::1:4", "timestamp"),
        (b'a: !!int ""\n', "yaml-syntax", "x.yaml::1:4", "int"),
        (b"a: !!bool maybe\n", "yaml-syntax", "x.yaml::1:4", "bool"),
        (b"!!map [a]\n", "yaml-syntax", "x.yaml::1:1", "map"),
        (b"a: ! x\n", "yaml-syntax", "x.yaml::1:4", "!"),
        (b"<<: {a: 1}\n", "yaml-key", "x.yaml::1:1", "<<"),
        (b"a: " + b"9" * 5000, "yaml-value", "x.yaml::1:4", "99999"),
        (b"\x00", "file-encoding", "x.yaml::1", "U+0000"),
    ],
)  # fmt: skip
def test_what_could_surprise_is_refused_with_its_place(raw: bytes, code: str, where: str, found: str):
    problem = refusal(raw)
    assert (problem.code, problem.where) == (code, where)
    assert found in problem.found


def test_nesting_is_bounded():
    at_most, one_more = DEEPEST - 1, DEEPEST
    assert parse_yaml(b"[" * at_most + b"1" + b"]" * at_most, name="x.yaml")
    assert refusal(b"[" * one_more + b"1" + b"]" * one_more).code == "yaml-too-deep"
    assert refusal(b"{a: " * 50 + b"1" + b"}" * 50).code == "yaml-too-deep"


def test_many_shallow_lists_are_not_deep():
    assert len(parse_yaml(b"- [1]\n" * 500, name="x.yaml")) == 500


def test_ten_megabytes_of_nesting_are_refused_unread(tmp_path: Path):
    path = tmp_path / "deep.yaml"
    path.write_bytes(b"[" * 10_000_000)
    with pytest.raises(AlliageError) as caught:
        read_yaml(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where, problem.found) == ("file-too-large", "deep.yaml", "> 4000000 B")
    assert problem.expected == f"≤ {LARGEST_BYTES} B"


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path):
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(AlliageError) as caught:
            read_yaml(path, name="given.yaml")
        (problem,) = caught.value.problems
        assert (problem.code, problem.where) == ("file-missing", "given.yaml")


def test_a_file_is_read_under_its_own_name(tmp_path: Path):
    path = tmp_path / "good.yaml"
    path.write_text("a: 1\na: 2", "utf-8")
    with pytest.raises(AlliageError, match=r"yaml-duplicate-key at good\.yaml::2:1: found a"):
        read_yaml(path)


@given(st.binary(max_size=80) | st.text("[]{}:,-?!&*#|>%@'\"\\\n ab1~<=._", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused_never_a_crash(raw: bytes):
    try:
        assert parse_yaml(raw, name="x.yaml") is not None
    except AlliageError as error:
        (problem,) = error.problems
        assert problem.where.startswith("x.yaml")
        assert problem.found.isprintable()
