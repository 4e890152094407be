"""What follows in this room when a verb of several rooms is done."""
