"""The data file: the only package that speaks SQL."""
