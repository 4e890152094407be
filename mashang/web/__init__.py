"""What the doors share of HTTP; rooms below speak none."""
