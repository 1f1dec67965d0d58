"""From YAML files to a checked scenario: every error with file, line and column."""
