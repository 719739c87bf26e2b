"""Widgets several pages use."""
