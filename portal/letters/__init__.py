"""The letters customers get: words, looks and files, in their language."""
