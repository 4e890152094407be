"""What forms ask: shape only; the rules are in the rooms."""
