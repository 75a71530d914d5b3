"""The confirmation link: looking changes nothing, one press books."""
