"""Letters of the garage: their words, and sending one from a case."""
