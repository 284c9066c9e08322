"""Cache, limits, pictures, fonts and safe writing."""
