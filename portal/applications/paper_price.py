"""What an application costs, on paper: the sum as it was shown, so that it can be followed."""

from collections.abc import Iterator, Sequence

from foundation.wording import N_
from portal.applications.paper_words import Words
from portal.applications.prices import PriceDocument, price_of
from portal.documents.paper import Block, Table, Text
from portal.forms import AppliedFactor, Price, PriceLine
from portal.forms.line_names import line_words

_HEAD = (N_("内容"), N_("単価"), N_("数"), N_("金額"))

_ROUNDED = {
    "up": N_("%(yen)s未満の端数は切り上げ"),
    "half_up": N_("%(yen)s未満の端数は四捨五入"),
    "down": N_("%(yen)s未満の端数は切り捨て"),
}
_TAXED = {"standard": N_("消費税10％込み"), "reduced": N_("消費税8％込み")}


def price_blocks(document: PriceDocument | None, words: Words) -> Sequence[Block]:
    """The lines that were shown before the application was sent; nothing where it is free."""
    price = price_of(document)
    if not price.lines:
        return ()
    rows = [_row(price, line, words) for line in price.lines]
    reduction = price.reduction
    if reduction is not None and reduction.state == "granted" and price.off:
        label = f"{words.say(N_('減免'))}\n{words.say(reduction.label)}"
        rows.append((label, "", "", f"−{words.yen(price.off)}"))
    total = (words.say(N_("合計")), "", "", words.yen(price.total))
    table = Table(words.title(N_("料金")), tuple(map(words.say, _HEAD)), tuple(rows), total)
    note = _reduction_note(price, words)
    return (table, Text(None, note)) if note else (table,)


def _row(price: Price, line: PriceLine, words: Words) -> tuple[str, ...]:
    return (
        "\n".join((line_words(line.label, line.row, words.say), *_steps(line, words))),
        words.yen(line.unit_amount),
        _quantity(line, words),
        words.yen(price.full(line)),
    )


def _quantity(line: PriceLine, words: Words) -> str:
    if not line.unit:
        return str(line.quantity)
    return words.say(N_("%(value)s%(unit)s")) % {
        "value": line.quantity,
        "unit": words.say(line.unit),
    }


def _steps(line: PriceLine, words: Words) -> Iterator[str]:
    """What leads from the unit price to the amount, in the words of the page."""
    if line.free:
        free = {"n": line.free, "unit": words.say(line.unit)}
        yield words.say(N_("うち%(n)s%(unit)sは無料です")) % free
    for factor in line.factors:
        yield f"{words.say(factor.label)} {_factor(factor, words)}"
    if line.rounding is not None:
        yield words.say(_ROUNDED[line.rounding.mode]) % {"yen": words.yen(line.rounding.to)}
    if line.at_least is not None:
        yield words.say(N_("少なくとも%(yen)sかかります")) % {"yen": words.yen(line.at_least)}
    if line.at_most is not None:
        yield words.say(N_("上限は%(yen)sです")) % {"yen": words.yen(line.at_most)}
    if line.tax in _TAXED:
        yield words.say(_TAXED[line.tax])


def _factor(factor: AppliedFactor, words: Words) -> str:
    if factor.yen is None:
        return factor.text
    return f"{'+' if factor.yen >= 0 else '−'}{words.yen(abs(factor.yen))}"


def _reduction_note(price: Price, words: Words) -> str:
    """How it stands with a reduction that somebody has to decide."""
    reduction = price.reduction
    if reduction is None:
        return ""
    ground = words.say(reduction.label)
    if reduction.state == "requested":
        return words.say(
            N_(
                "減免（%(ground)s）が認められると、%(yen)sになります。"
                "認められるまでは、上の合計です。"
            )
        ) % {"ground": ground, "yen": words.yen(price.total_if_granted)}
    if reduction.state == "refused":
        told = words.say(N_("減免（%(ground)s）は認められませんでした。")) % {"ground": ground}
        return f"{told}\n{reduction.reason}".strip()
    return ""
