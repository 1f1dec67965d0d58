"""What of the model can be estimated from public data, estimated in the open: docs/calibration.md.

Every command names its held-out regions before it fits, and shows what it is worth on them.
"""
