"""工作台: the staff's door, in a desktop browser."""
