"""Sentences written from figures, as reports say them."""
