"""Python imports this at the start of each server that a browser test runs (see PYTHONPATH there).

The servers are the program as it is; that their routes are counted, they don't know.
"""

from tests.support.visited import record_here

record_here()
