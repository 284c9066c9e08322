"""The computer underneath: files, locks, cache, limits, pictures, fonts."""
