"""Verbs that several rooms follow, pressed at the door."""
