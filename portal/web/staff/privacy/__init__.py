"""What is known about people, and for how long."""
