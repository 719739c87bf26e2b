"""Charts: pure geometry, and one painter for screen, picture and paper."""
