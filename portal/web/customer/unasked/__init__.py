"""For whoever got a mail about an appointment that somebody else asked for."""
