"""The journey: compose, lay out, number, make handouts, publish."""
