"""Accounts of the ledger in the words of the office."""

from flask_babel import gettext as _

from payments.reconciliation.terms import title as provider_title
from portal.context import current_portal


class AccountTitles:
    """``titles["receivable:certificate-fee"]`` → ``未収金 住民票等証明手数料``."""

    def __init__(self, revenue: dict[str, str], tills: dict[str, str]) -> None:
        self._revenue, self._tills = revenue, tills

    def __getitem__(self, code: str) -> str:
        kind, _colon, rest = code.partition(":")
        names = {
            "receivable": _("未収金"),
            "revenue": _("歳入"),
            "clearing": _("決済事業者への未収金"),
            "fees": _("決済手数料"),
            "till": _("現金"),
            "bank": _("預金"),
            "refunds-payable": _("未払還付金"),
            "suspense": _("仮受金"),
        }
        name = names.get(kind, kind)
        # The posting rules name accounts that differ from case to case.
        each = {
            "{revenue}": _("（科目ごと）"),
            "{provider}": _("（決済事業者ごと）"),
            "{till}": _("（窓口ごと）"),
        }
        if rest in each:
            return f"{name}{each[rest]}"
        if kind in ("receivable", "revenue"):
            return f"{name} {self._revenue.get(rest, rest)}"
        if kind in ("clearing", "fees"):
            return f"{name} {provider_title(rest)}"
        return f"{name} {self._tills.get(rest, rest)}".strip()


def account_titles() -> AccountTitles:
    """The titles for this city's 歳入科目, in the page's language."""
    portal = current_portal()
    translate = portal.texts.translate
    return AccountTitles(
        {code: translate(account.title) for code, account in portal.payments.accounts.items()},
        {code: translate(till.place) for code, till in portal.catalogue.city.tills.items()},
    )
