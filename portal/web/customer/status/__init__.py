"""Flow 3: how far the repair is, on a page that follows the case by itself."""
