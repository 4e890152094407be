"""The start of the house: settings, keys, databases, logs."""
