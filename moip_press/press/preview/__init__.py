"""A build that stays: watching, and pages on a screen."""
