"""Who works with the portal at a garage, and what each may do."""
