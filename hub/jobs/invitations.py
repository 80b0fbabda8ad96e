"""What is done about invitations once they are kept: writing to whoever is invited, and forgetting what is over."""

from hub.ids import InvitationId
from hub.jobs.job import Job


class SendInvitation(Job):
    """Write to whoever is invited how they say yes, if they still are."""

    invitation_id: InvitationId


class ForgetInvitations(Job):
    """Forget the invitations that nobody has answered in time, and whom they were for."""
