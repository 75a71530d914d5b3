"""What became of the letters of a garage, and seeing to those that did not arrive."""
