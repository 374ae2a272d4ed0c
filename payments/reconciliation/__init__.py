"""Three ways at once: our receipts ↔ the providers' transactions ↔ the bank's deposits.

Exact identifiers alone are booked by themselves; everything else becomes a Difference.
"""
