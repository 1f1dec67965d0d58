"""What the inputs and outputs are."""
