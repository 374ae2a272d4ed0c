"""Which kind a definition's field becomes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from portal.forms import fields as d
from portal.forms.directories import NOTHING_KNOWN, Directories
from portal.forms.kinds.banks import BankAccountKind
from portal.forms.kinds.base import Kind
from portal.forms.kinds.choices import ChoiceKind, ChoicesKind, ConsentKind, RankedKind, YesNoKind
from portal.forms.kinds.days import DayKind
from portal.forms.kinds.numbers import DecimalKind, NumberKind
from portal.forms.kinds.others import ComputedKind, FileKind, NoteKind
from portal.forms.kinds.pairs import PairKind
from portal.forms.kinds.people import AddressKind, PersonKind
from portal.forms.kinds.periods import PeriodKind
from portal.forms.kinds.texts import EmailKind, PhoneKind, TextKind
from portal.forms.kinds.times import TimeKind

_KINDS: Mapping[type[d.FieldBase], Callable[[Any], Kind]] = MappingProxyType(
    {
        d.TextField: TextKind,
        d.TextareaField: TextKind,
        d.EmailField: lambda _: EmailKind(),
        d.PhoneField: lambda _: PhoneKind(),
        d.IntegerField: NumberKind,
        d.YenField: NumberKind,
        d.DecimalField: DecimalKind,
        d.DateField: DayKind,
        d.TimeField: TimeKind,
        d.PeriodField: PeriodKind,
        d.YesNoField: lambda _: YesNoKind(),
        d.ChoiceField: ChoiceKind,
        d.ChoicesField: ChoicesKind,
        d.RankedField: RankedKind,
        d.NameField: lambda _: PairKind(kana=False),
        d.KanaField: lambda _: PairKind(kana=True),
        d.AddressField: lambda _: AddressKind(),
        d.PersonField: lambda _: PersonKind(),
        d.FileField: FileKind,
        d.ConsentField: lambda _: ConsentKind(),
        d.NoteField: lambda _: NoteKind(),
        d.ComputedField: ComputedKind,
    }
)


def kind_of(field: d.FieldBase, directories: Directories = NOTHING_KNOWN) -> Kind:
    """The kind of any field but a group."""
    if isinstance(field, d.BankAccountField):
        return BankAccountKind(directories)
    return _KINDS[type(field)](field)
