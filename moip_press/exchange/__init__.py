"""Tables, agendas and calendars in and out, and what an import changes."""

OLD_DATE = "X-MOIP-PRESS-OLD-DATE"
"""What our calendars call an entry that only says where another one was moved to."""
