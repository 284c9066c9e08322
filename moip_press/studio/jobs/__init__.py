"""The jobs of a season: what is made of a kit, and what is taken into it."""
