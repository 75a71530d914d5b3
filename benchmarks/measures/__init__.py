"""One module a measure: `measure(kind, effort)` yields its results; `BOTH` says whether the database matters."""
