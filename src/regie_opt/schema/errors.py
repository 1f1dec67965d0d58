"""What every error of regie-opt that a user can meet has in common."""


class RegieError(Exception):
    """An error told in the user's words; `exit_code` is what the command line ends with."""

    exit_code: int = 1
