"""微心愿: from the wish to the thanks, with the union between giver and family."""
