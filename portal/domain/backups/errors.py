"""Why a backup is not restored. Each carries what the person at the shell has to know."""


class NotRestored(Exception):
    """Nothing was touched."""


class OtherDatabase(NotRestored):
    """It is of another kind of database; named by its argument."""


class TooNew(NotRestored):
    """Its schema is one that this code does not know; named by its argument."""


class OtherKey(NotRestored):
    """It was made with a secret key that this portal does not have."""


class NotEmpty(NotRestored):
    """There are rows already."""


class Outdated(NotRestored):
    """The rows that are there have an older schema, so that nobody can tell who was erased from them."""


class InUse(NotRestored):
    """Somebody is connected to the database."""
