"""演示: made-up people, households and months of work, through the same actions as everybody's."""
