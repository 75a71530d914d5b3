"""Flow 1: a customer books an assessment."""
