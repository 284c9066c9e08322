"""What journalists take from a kit: its pictures with their rights, and the files around them."""
