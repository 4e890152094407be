"""留痕: the trail, its signed roots, and who checks them."""
