"""Pages for finance staff over payments: claims, refunds, ledger, settlement files, reports."""
