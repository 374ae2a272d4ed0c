"""What ``portal forms show`` prints of fees."""

from portal.forms.fees import Fees
from portal.forms.fees_in_words import fees_shown

FEES = Fees.model_validate(
    {
        "collect": "on_approval",
        "reductions": [
            {
                "id": "welfare",
                "label": "生活保護",
                "when": "welfare",
                "lines": ["room"],
                "evidence": "proof",
                "approval": True,
            }
        ],
        "lines": [
            {
                "id": "room",
                "label": "使用料",
                "account": "fee",
                "amount": 600,
                "quantity": "slots",
                "unit": "枠",
                "each": "days",
                "rank_by": "day",
                "when": "wanted",
                "free": {"quantity": 2},
                "factors": [
                    {"label": "営利", "when": "profit", "times": "3/2"},
                    {"label": "土日", "when": "weekend", "percent": 30},
                    {"label": "登録", "when": "registered", "percent": -50},
                    {"label": "夜間", "when": "night", "yen": 500},
                ],
                "round": {"to": 10},
                "at_least": 100,
                "at_most": "limit",
            }
        ],
    }
)


def test_every_step_is_shown() -> None:
    assert list(fees_shown(FEES)) == [
        "",
        "fees collected on_approval",
        "  room: 600円 × slots枠 for each of days ranked by day  if wanted",
        "      2 free per fiscal_year",
        "      ×3/2 営利  if profit",
        "      +30% 土日  if weekend",
        "      -50% 登録  if registered",
        "      500円 夜間  if night",
        "      rounded down to 10円",
        "      at least 100円",
        "      at most limit",
        "  reduction welfare: -100% of room with proof, to be granted  if welfare",
    ]
    assert list(fees_shown(None)) == []
