"""Measurements: each command runs both sides in one run, and prints the machine and the versions."""
