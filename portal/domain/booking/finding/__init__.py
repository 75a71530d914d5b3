"""Finding cases at the desk: what can be asked, how the databases are asked, what comes back."""
