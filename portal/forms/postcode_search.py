"""住所をさがす: the button beside a postcode fills in the address, without any script."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation import postcodes
from portal.forms import messages, normalise
from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.kinds.base import Complaint
from portal.forms.results import Form

#: Most places that are named where a postcode stands for several.
_MOST_NAMED = 6
#: Places by postcode, as ``Directories`` have them.
OwnPlaces = Mapping[str, tuple[postcodes.Place, ...]]
_PREFECTURE = re.compile("東京都|北海道|(京都|大阪)府|[^0-9]{2,3}県")
_STREET_NUMBER = re.compile("[0-9０-９一二三四五六七八九十]+(丁目|番|-|－|ー|の|$)|[0-9０-９]")


@dataclass(frozen=True)
class Searched:
    """A form with the address filled in, or what is wrong with its postcode."""

    form: Form
    field: AnyCompiled
    #: path of the field: ``children.0.home``
    path: str
    complaint: Complaint | None


def search(
    form: Form, fields: Sequence[AnyCompiled], target: str, own: OwnPlaces
) -> Searched | None:
    """The form after its button at ``target`` was pressed; None where there is no such address.

    ``target`` is what stands before ``.postcode`` in the names of the controls, ``own`` the places
    that the city adds to Japan Post's table.
    """
    found = _field_at(fields, target)
    if found is None:
        return None
    each, path = found
    suffix = target[len(path) + 1 :]
    control = f"{suffix}.postcode" if suffix else "postcode"
    typed = str((form.get(f"{target}.postcode") or [""])[0])[: normalise.LIMIT]
    code = normalise.digits(typed).removeprefix("〒")
    if not re.fullmatch("[0-9]{7}", code):
        return Searched(form, each, path, Complaint(messages.BAD_POSTCODE, control))
    places = (*postcodes.places(code), *own.get(code, ()))
    if not places:
        return Searched(form, each, path, Complaint(messages.UNKNOWN_POSTCODE, control))
    address = postcodes.common_part(places)
    if not address:
        named = "、".join(str(place) for place in places[:_MOST_NAMED])
        complaint = Complaint(messages.SEVERAL_PLACES, control, {"places": named})
        return Searched(form, each, path, complaint)
    written = normalise.one_line(str((form.get(f"{target}.text") or [""])[0])[: normalise.LIMIT])
    filled = {**form, f"{target}.text": [with_address(address, written)]}
    return Searched(filled, each, path, None)


def with_address(address: str, written: str) -> str:
    """The address of a postcode, with the street number and house that were written already."""
    if written.startswith(address):
        return written
    if not _PREFECTURE.match(written):
        return address + written
    number = _STREET_NUMBER.search(written)
    return address + (written[number.start() :] if number else "")


def _field_at(fields: Sequence[AnyCompiled], target: str) -> tuple[AnyCompiled, str] | None:
    """The field to which a pressed button belongs, and its path."""
    by_id: Mapping[str, AnyCompiled] = {each.id: each for each in fields}
    head, _, rest = target.partition(".")
    each, path = by_id.get(head), head
    if isinstance(each, CompiledGroup):
        number, _, rest = rest.partition(".")
        inner_id, _, rest = rest.partition(".")
        if not re.fullmatch("[0-9]{1,4}", number):
            return None
        inner = {one.id: one for one in each.fields}.get(inner_id)
        each, path = inner, f"{head}.{number}.{inner_id}"
    if isinstance(each, CompiledField) and rest in each.kind.addresses:
        return each, path
    return None
