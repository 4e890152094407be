"""What every room stands on: refusals, moves, keys and sealed fields, the trail, masks, money."""
