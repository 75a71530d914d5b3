"""What is known about a person: found, handed over, erased with proof, and kept no longer than the garage decides."""
