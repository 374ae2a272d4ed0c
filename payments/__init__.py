"""Money: claims, attempts, refunds, ledger, reconciliation. Knows no page and no portal."""
