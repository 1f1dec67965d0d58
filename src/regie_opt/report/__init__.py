"""Tables for people, in Dutch and English."""
