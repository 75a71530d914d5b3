"""The guide from nothing to the first booking."""
