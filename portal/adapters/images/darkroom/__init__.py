"""The only place where strangers' pictures are decoded: a process of its own that imports nothing of the portal."""
