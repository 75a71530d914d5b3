"""All cases of a garage: finding them, opening one by hand, taking them along as a file."""
