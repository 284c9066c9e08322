"""A kit as a site."""
