"""What stands out in today's network: arrays and plain data in, findings out; nothing here prints."""
