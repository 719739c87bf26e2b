"""Use cases on an open workspace; the window and the command line call nothing deeper."""
