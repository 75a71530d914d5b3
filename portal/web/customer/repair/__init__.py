"""Flow 2: a customer books the repair of a case."""
