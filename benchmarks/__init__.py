"""How fast the portal is, always against something else measured in the same minute (docs/performance.md)."""
