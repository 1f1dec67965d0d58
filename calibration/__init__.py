"""What of the model can be estimated from public data, estimated in the open: docs/calibration.md.

Every command that writes into the model leaves regions apart that are named before it fits.
"""
