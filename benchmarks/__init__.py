"""Repeatable measurements, side by side with what they are compared to: ``make bench``.

A case is a module in ``benchmarks/cases`` with a function ``measure() -> Iterable[Figure]``.
"""
