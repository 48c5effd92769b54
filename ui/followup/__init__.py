"""What the page of the follow-up clock draws, tables and tells."""
