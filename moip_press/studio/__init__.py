"""The studio: a kit in the browser, its pages and its forms, on this computer alone."""
