"""The price as it is kept with an application: what was shown, to the line."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from portal.forms import (
    AppliedFactor,
    AppliedReduction,
    AppliedRounding,
    Price,
    PriceLine,
)

#: A price as JSON. What says nothing is left out, so that older documents read the same.
PriceDocument = Mapping[str, Any]


def price_document(price: Price) -> dict[str, Any]:
    """The price as JSON, to the line."""
    document: dict[str, Any] = {
        "total": price.total,
        "lines": [_line_document(line) for line in price.lines],
    }
    if price.reduction is not None:
        reduction = price.reduction
        document["reduction"] = {
            "id": reduction.id,
            "label": reduction.label,
            "percent": _written(reduction.percent),
            "state": reduction.state,
            "evidence": reduction.evidence,
            **({"reason": reduction.reason} if reduction.reason else {}),
        }
    return document


def price_of(document: PriceDocument | None) -> Price:
    """The price that a document holds; nothing to pay where there is none."""
    if not document:
        return Price()
    reduction = document.get("reduction")
    return Price(
        tuple(_line(line) for line in document["lines"]),
        reduction=None
        if reduction is None
        else AppliedReduction(
            reduction["id"],
            reduction["label"],
            Fraction(reduction["percent"]),
            reduction["state"],
            reduction["evidence"],
            reduction.get("reason", ""),
        ),
    )


def decided(price: Price, *, granted: bool, reason: str = "") -> Price:
    """A price after its requested reduction was granted or refused; another stays as it is."""
    reduction = price.reduction
    if reduction is None or reduction.state != "requested":
        return price
    if not granted:
        refused = replace(reduction, state="refused", reason=reason)
        return replace(
            price, lines=tuple(replace(line, off=0) for line in price.lines), reduction=refused
        )
    return replace(
        price,
        lines=tuple(replace(line, amount=line.amount - line.off) for line in price.lines),
        reduction=replace(reduction, state="granted"),
    )


def _line_document(line: PriceLine) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": line.id,
        "label": line.label,
        "account": line.account,
        "tax": line.tax,
        "unit_amount": line.unit_amount,
        "quantity": line.quantity,
        "unit": line.unit,
        "factors": [_factor_document(factor) for factor in line.factors],
        "amount": line.amount,
    }
    said: dict[str, int | str | None] = {
        "free": line.free or None,
        "at_least": line.at_least,
        "at_most": line.at_most,
        "off": line.off or None,
        "row": line.row or None,
    }
    document |= {key: value for key, value in said.items() if value is not None}
    if line.rounding is not None:
        document["rounding"] = {"to": line.rounding.to, "mode": line.rounding.mode}
    return document


def _line(document: Mapping[str, Any]) -> PriceLine:
    rounding = document.get("rounding")
    return PriceLine(
        document["id"],
        document["label"],
        document["account"],
        document["unit_amount"],
        document["quantity"],
        document["unit"],
        tuple(_factor(factor) for factor in document["factors"]),
        document["amount"],
        free=document.get("free", 0),
        rounding=None if rounding is None else AppliedRounding(rounding["to"], rounding["mode"]),
        at_least=document.get("at_least"),
        at_most=document.get("at_most"),
        off=document.get("off", 0),
        tax=document.get("tax", "outside"),
        row=document.get("row", ""),
    )


def _factor_document(factor: AppliedFactor) -> dict[str, Any]:
    if factor.times is not None:
        return {"label": factor.label, "times": _written(factor.times)}
    if factor.percent is not None:
        return {"label": factor.label, "percent": _written(factor.percent)}
    return {"label": factor.label, "yen": factor.yen}


def _factor(document: Mapping[str, Any]) -> AppliedFactor:
    def number(key: str) -> Fraction | None:
        return Fraction(document[key]) if key in document else None

    return AppliedFactor(document["label"], number("times"), number("percent"), document.get("yen"))


def _written(number: Fraction) -> int | str:
    """A whole number as such, any other as "3/2"."""
    return number.numerator if number.denominator == 1 else str(number)
