"""Who works for the garage."""
