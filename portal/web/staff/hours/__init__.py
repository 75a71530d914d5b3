"""Hours and capacity of a location: weeks, days off, what stands outside them, and why a time is (not) offered."""
