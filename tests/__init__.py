"""The tests mirror the packages; tests/e2e drives a browser, tests/structure holds the rules."""
