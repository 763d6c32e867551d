"""Commands that the room of people adds to the hub."""
