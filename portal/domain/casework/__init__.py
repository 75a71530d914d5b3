"""What the desk does with a whole case: its photos, its letters, two cases made one, a case erased."""
