"""After the booking: the personal page, from which it is moved or cancelled."""
