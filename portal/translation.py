"""The texts of the portal, for translators: one gettext catalogue for each language."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from foundation.languages import TRANSLATED
from portal import ruby
from portal.audience import is_needed_in
from portal.config import ROOT, Config
from portal.forms.translation import Updated, merge

#: The catalogues of the pages: ``<language>/LC_MESSAGES/messages.po``.
FOLDER = ROOT / "portal" / "translations"

#: The packages whose texts people read.
_PACKAGES = ("portal", "payments", "auth", "foundation")

#: A catalogue's: several forms where the text counts something, none where it is missing.
_Translation = str | list[str] | tuple[str, ...] | None

#: What marks a text: in views and templates, at import time, and where no page is known.
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "_l": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "N_": None,
}


def extracted() -> Catalog:
    """Every marked text of the program, with the files in which it stands."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    template = Catalog(project="Madoguchi", charset="utf-8")
    for package in _PACKAGES:
        found = extract_from_dir(ROOT / package, methods, options, _KEYWORDS)
        for filename, _line, text, _comments, context in found:
            template.add(text, locations=[(f"{package}/{filename}", 1)], context=context)
    return template


def needed_in(language: str, template: Catalog) -> Catalog:
    """Those of the texts that are read in a language; see ``portal.audience``."""
    needed = Catalog(project=template.project, charset="utf-8")
    for message in template:
        if message.id and is_needed_in(language, (place for place, _line in message.locations)):
            needed.add(message.id, locations=message.locations, context=message.context)
    return needed


def catalogues() -> Iterator[tuple[str, Path]]:
    """The languages, each with its file."""
    for tag in TRANSLATED:
        yield tag, FOLDER / tag / "LC_MESSAGES" / "messages.po"


def update_all(*, write: bool) -> list[Updated]:
    """Bring all catalogues up to date with the program; new texts are left for the translator."""
    template = extracted()
    return [merge(needed_in(tag, template), file, tag, write=write) for tag, file in catalogues()]


def compile_all_translations(config: Config) -> None:
    """The texts of the pages, and those of the city's definitions."""
    compile_translations(FOLDER)
    compile_translations(config.definitions_dir / "translations")


def compile_translations(folder: Path) -> None:
    """gettext catalogues as they are written → as they are read, where they changed."""
    for source in folder.rglob("*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        for message in catalogue:
            message.string = _with_marks(message.string)
        with compiled.open("wb") as file:
            write_mo(file, catalogue)


def _with_marks(translation: _Translation) -> _Translation:
    if isinstance(translation, str):
        return ruby.marked(translation)
    return tuple(ruby.marked(form) for form in translation or ())
