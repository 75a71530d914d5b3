"""What people at the desk changed: who, what, when, before and after."""
