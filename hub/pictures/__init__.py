"""Pictures that people send: drawn anew by a process of its own, so that nothing of what was sent is ever kept.

Whatever decodes a picture is a large piece of C, and what it reads here was written by a stranger. So it runs where
there is no secret, no database and no loop, with its memory and its time bounded by the system. Not its business: whose
picture it is, and where it is kept.
"""

from hub.pictures.easel import (
    DRAWN_BYTES_MAX,
    DRAWN_TYPE,
    SENT_BYTES_MAX,
    Easel,
    NotAPicture,
    PictureTooLarge,
    TooManyPictures,
)

__all__ = [
    "DRAWN_BYTES_MAX",
    "DRAWN_TYPE",
    "SENT_BYTES_MAX",
    "Easel",
    "NotAPicture",
    "PictureTooLarge",
    "TooManyPictures",
]
