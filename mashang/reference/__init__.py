"""Dictionaries that cross provinces: regions, work days, living standards."""
