"""What differs between two versions of a kit, as its readers see it."""
