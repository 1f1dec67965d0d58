"""Candidates, relaxation, programme and proof. Nothing here knows a file or a screen."""
