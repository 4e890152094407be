"""What programs send and get: shape only; the rules are in the rooms."""
