"""What a garage writes to its customers itself: the words of its letters, and the letters it sent from a case."""
