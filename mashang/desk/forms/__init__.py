"""The desk's forms: shape only; the rules are in the rooms."""
