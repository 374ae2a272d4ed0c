"""Small files, one subject each; nothing in them that holds on one machine only."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    *("foundation", "payments", "auth", "portal", "forms_defs", "migrations"),
    *("tests", "benchmarks", "scripts", "docs"),
)
TEXTS = {".py", ".html", ".css", ".js", ".yaml", ".md", ".txt", ".toml", ".ini", ".sh", ""}
LONGEST = 400
#: Longer ones, each with the reason why it is one subject all the same.
LONG_ONES: dict[str, str] = {}
#: A folder that only this or that machine has.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/")
LOCK_FILES = ("requirements.lock", "package-lock.json")


def _files() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXTS)
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            inside = path.relative_to(ROOT).parts
            fetched = "vendor" in inside or "__pycache__" in inside
            if path.is_file() and path.suffix in TEXTS and not fetched:
                yield path


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_program_file_is_long() -> None:
    lengths = {
        _name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in _files()
        if path.suffix in {".py", ".js", ".html"} and "versions" not in path.parts
    }
    long = {name for name, lines in lengths.items() if lines > LONGEST}
    assert sorted(long - set(LONG_ONES)) == []
    assert sorted(set(LONG_ONES) - long) == [], "no longer long: take them off the list"


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [
        f"{_name(path)}:{number}: {line.strip()}"
        for path in _files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_the_lock_files_name_no_place_to_fetch_from() -> None:
    for name in LOCK_FILES:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert '"resolved"' not in text
        assert " @ " not in text
        assert "index-url" not in text


def test_every_python_requirement_is_locked() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line)] == []


def test_packages_say_what_they_are_for() -> None:
    missing = [
        _name(path)
        for path in _files()
        if path.suffix == ".py"
        and path.read_text(encoding="utf-8").strip()
        and not path.read_text(encoding="utf-8").lstrip().startswith(('"""', 'r"""'))
    ]
    assert missing == []
