"""帮扶档案: households, applications, files, papers, pairings and publicity."""
