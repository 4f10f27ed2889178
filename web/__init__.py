"""What the pages and the API share: permissions, the guard, what is sent and answered, and the look."""
