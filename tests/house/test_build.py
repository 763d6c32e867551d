"""The build files agree with each other, and what is built holds what it should."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.repository import PACKAGE, PACKS, ROOT, committed_files, name_of

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUN = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
LOCKS = {
    "requirements.lock": RUN,
    "requirements-dev.lock": RUN + EXTRAS["dev"],
    "requirements-bench.lock": RUN + EXTRAS["bench"],
}


def pins(lock: str) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in PIN.findall(read(lock))}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("lock", "wanted"), LOCKS.items(), ids=list(LOCKS))
def test_a_lock_file_pins_all_that_the_project_asks_for(lock: str, wanted: list[str]):
    locked = pins(lock)
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_has_a_hash_for_each_pin_and_no_address(lock: str):
    entries = re.split(r"\n(?=[a-z0-9])", read(lock))[1:]
    assert len(entries) == len(PIN.findall(read(lock))) > 10
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in read(lock)


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock != "requirements.lock"])
def test_what_runs_is_tested_and_measured_in_the_same_versions(lock: str):
    assert pins("requirements.lock").items() <= pins(lock).items()


@pytest.mark.parametrize("target", ["install", "run", "test", "check", "format", "benchmark", "schemas", "proof"])
def test_make_help_and_the_contributing_page_know_each_command(target: str):
    helped = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert f"make {target} " in helped
    assert f"`make {target}`" in read("CONTRIBUTING.md")


def test_continuous_integration_runs_what_a_person_runs():
    script = read(".ci/run")
    assert "make check" in script
    assert "make test" in script


def test_the_licence_is_the_one_that_the_project_names():
    assert PROJECT["project"]["license"] == "EUPL-1.2"
    licence = read("LICENSE")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in licence
    assert "15. Applicable Law" in licence
    assert "Appendix" in licence


def test_the_wheel_carries_the_types_and_every_file_of_the_packs(tmp_path: Path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())
    data = {path.relative_to(PACKAGE.parent).as_posix() for path in committed_files() if PACKS in path.parents}
    assert len(data) > 100
    papers = {"alliage/papers/plan.typ", "alliage/papers/fonts/instrument-sans.ttf"}
    assert data | papers | {"alliage/py.typed"} <= carried


def test_a_pack_holds_data_only():
    code = [name_of(path) for path in committed_files() if PACKS in path.parents and path.suffix == ".py"]
    assert code == []
