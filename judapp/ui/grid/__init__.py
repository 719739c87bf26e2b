"""The entry grid: the form itself as a table one types into."""
