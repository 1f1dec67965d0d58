"""What a plan is worth: arrays in, arrays out. Nothing here knows a solver."""
