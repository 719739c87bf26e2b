"""The window: pages and widgets over the use cases of app; it shows and asks, and decides nothing."""
