"""Applications as files that another system takes over without retyping."""
