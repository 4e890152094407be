"""What the house promises, in the words of those who rely on it."""
