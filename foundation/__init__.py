"""What portal, payments and auth share: database, clock, money, ids, hash chain, events, outbox.

Imports nothing of ours and stays small.
"""
