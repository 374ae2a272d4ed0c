"""One module per payment provider behind one small interface."""
