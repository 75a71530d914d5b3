"""One spelling for what people write in many."""
