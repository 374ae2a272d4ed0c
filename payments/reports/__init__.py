"""収入日計表 and what else finance prints: computed from the ledger, checked against the facts."""
