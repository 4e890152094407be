"""测算: what a household has to live on, beside the standard and the rules of its day."""
