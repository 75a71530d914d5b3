"""A request that its customer has not confirmed yet."""
