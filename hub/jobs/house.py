"""What the house does for itself, again and again: see `hub.porter.rounds` for how often."""

from hub.jobs.job import Job


class TidyJobs(Job):
    """Forget what became of jobs long ago, and what nobody wanted tried again."""
