"""The double-entry ledger: append-only, hash-chained, its sum always zero."""
