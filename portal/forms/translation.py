"""The texts of the definitions, for translators: gettext catalogues kept with Babel."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from pydantic import BaseModel

from foundation.wording import Translate
from portal import ruby
from portal.forms.catalogue import Catalogue
from portal.forms.fields import OptionsTable
from portal.forms.procedure import Procedure

#: Keys whose values people read, wherever they stand.
_READ = frozenset(
    {
        "label", "help", "title", "summary", "intro", "message", "unit", "item_label", "hours",
        "pattern_message", "cost", "time", "needs", "after", "place", "description", "legal_basis",
        "name", "later", "closed_text", "min_message", "max_message",
        "received", "approved", "rejected", "returned", "completed",
    }
)  # fmt: skip

#: The catalogues of the program itself.
_PROGRAM = Path(__file__).resolve().parents[1] / "translations"


@dataclass(frozen=True)
class Updated:
    """What updating one language came to."""

    file: Path
    texts: int
    #: texts without a translation, and those whose translation is only a guess
    missing: tuple[str, ...]
    #: translations that nothing needs any more
    obsolete: int


def texts(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every text that people read, with the definition that it stands in."""
    yield from _texts(catalogue.city, "municipality.yaml")
    for account in catalogue.accounts.values():
        for title in (account.title, account.kan, account.kou, account.moku, account.setsu):
            yield title, "accounts.yaml"
    for facility in catalogue.facilities.values():
        yield from _texts(facility, f"facilities/{facility.id}")
    for procedure in catalogue.procedures.values():
        yield from _texts(procedure.definition, procedure.id)


def texts_of(procedure: Procedure) -> Iterator[str]:
    """Every text of one procedure that people read."""
    yield from (text for text, _ in _texts(procedure.definition, procedure.id))


def untranslated(wanted: Iterable[str], file: Path) -> tuple[str, ...]:
    """Those of some texts that a .po file doesn't translate, or only by a guess, each once."""
    done: set[str] = set()
    if file.exists():
        with file.open("rb") as stream:
            found = read_po(stream, locale=file.stem)
        done = {str(message.id) for message in found if message.string and not message.fuzzy}
    return tuple(text for text in dict.fromkeys(wanted) if text not in done)


def translator(folder: Path, language: str) -> Translate:
    """What translates a city's texts, and the program's, as the catalogues are written now.

    Furigana stand in brackets. What has no translation stays Japanese.
    """
    return _reading([_program(language), folder / "translations" / f"{language}.po"], language)


def program_translator(language: str) -> Translate:
    """What translates the program's own texts alone."""
    return _reading([_program(language)], language)


def _program(language: str) -> Path:
    return _PROGRAM / language / "LC_MESSAGES" / "messages.po"


def _reading(files: Iterable[Path], language: str) -> Translate:
    known: dict[str, str] = {}
    for file in files:
        if file.exists():
            with file.open("rb") as stream:
                found = read_po(stream, locale=language)
            known |= {
                str(message.id): ruby.bracketed(ruby.marked(str(message.string)))
                for message in found
                if message.string and not message.fuzzy
            }
    return lambda text: known.get(text, text)


def update(catalogue: Catalogue, file: Path, *, write: bool = True) -> Updated:
    """Bring a .po file up to date with the definitions; new texts are left for the translator."""
    template = Catalog(project=catalogue.city.name_en or catalogue.city.name, charset="utf-8")
    for text, place in texts(catalogue):
        template.add(text, locations=[(place, 1)])
    return merge(template, file, file.stem, write=write)


def merge(template: Catalog, file: Path, language: str, *, write: bool) -> Updated:
    """Make a .po file hold the template's texts, with the translations that it has.

    What nothing needs any more is dropped. The same texts give the same bytes again.
    """
    if file.exists():
        with file.open("rb") as stream:
            kept = read_po(stream, locale=language)
    else:
        kept = Catalog(locale=language, charset="utf-8", fuzzy=False)
    # Guesses from similar texts would show a resident something else than was meant.
    kept.update(template, no_fuzzy_matching=True, update_creation_date=False)
    if write:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            write_po(stream, kept, width=100, include_lineno=False, ignore_obsolete=True)
    missing = tuple(
        str(message.id) for message in kept if message.id and (not message.string or message.fuzzy)
    )
    return Updated(file, len(template), missing, len(kept.obsolete))


def _texts(model: BaseModel, place: str) -> Iterator[tuple[str, str]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name == "keywords":
            continue  # they are for finding, and nobody sees them
        if isinstance(value, str):
            if name in _READ:
                yield value, place
        elif isinstance(value, OptionsTable):
            continue  # it names columns
        elif isinstance(value, BaseModel):
            yield from _texts(value, place)
        elif isinstance(value, dict):
            for item in value.values():
                if isinstance(item, BaseModel):
                    yield from _texts(item, place)
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, BaseModel):
                    yield from _texts(item, place)
                elif isinstance(item, str) and name in _READ:
                    yield item, place
