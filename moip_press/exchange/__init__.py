"""Tables, agendas and calendars in and out, and what an import changes."""
