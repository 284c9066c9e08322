"""The kit on the web: clean pieces of HTML, and what is made of them."""
