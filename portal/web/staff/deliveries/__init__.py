"""What became of every letter."""
