"""Publishing on a hub."""
