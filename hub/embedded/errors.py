"""What may go wrong with the embedded servers, each as one sentence that a person can act on."""

from pathlib import Path


class EmbeddedError(Exception):
    """The embedded servers cannot be had; the text says why, and what to do."""


class NotSupported(EmbeddedError):
    """This machine has no embedded servers."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The embedded servers cannot run here: {reason}. Set DATABASE_URL and REDIS_URL to servers of your own."
        )


class FolderInUse(EmbeddedError):
    """Another hub has this data folder open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"Another hub is using the data folder {folder}: stop that one, or choose another folder for this one."
        )


class NothingOpen(EmbeddedError):
    """Nobody has this data folder open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"No restaurant is open in {folder}. Open it with `brigade up --data {folder}` first.")


class FolderRefused(EmbeddedError):
    """A folder exists but is not ours to use."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder = folder
        super().__init__(f"The folder {folder} cannot be used: {reason}.")


class DidNotStart(EmbeddedError):
    """A server ended, or kept silent, instead of getting ready."""

    def __init__(self, name: str, reason: str, log: Path) -> None:
        self.log = log
        super().__init__(f"{name} did not start: {reason} (its log is {log}).")


class Closing(EmbeddedError):
    """The start was given up because the hub is closing."""

    def __init__(self) -> None:
        super().__init__("The embedded servers are being closed.")
