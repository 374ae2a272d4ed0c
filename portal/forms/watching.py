"""Which answers change the rest of the page while somebody fills it in."""

from collections.abc import Mapping, Sequence

from portal.forms.compiled import AnyCompiled, CompiledGroup, CompiledSection
from portal.forms.compiled_fees import CompiledFees
from portal.forms.pricing import closure


def watched(
    sections: Sequence[CompiledSection],
    fees: CompiledFees,
    fields: Mapping[str, AnyCompiled],
    layout: str,
) -> Mapping[str, str]:
    """Fields whose change alters the page: "fields" on the same page, or else the "price"."""
    found = dict.fromkeys(closure(fees.names, fields), "price")
    for section in sections:
        if layout == "one_page" and section.when is not None:
            found |= dict.fromkeys(section.when.names, "fields")
        for each in section.fields:
            names = set(each.names)
            if isinstance(each, CompiledGroup):
                names |= {name for inner in each.fields for name in inner.names}
            found |= dict.fromkeys(names, "fields")
    return found
