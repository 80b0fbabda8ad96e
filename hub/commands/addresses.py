"""What people can ask about their own addresses: where they live, as the post would find them."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from hub.commands.command import Command, Text
from hub.ids import AddressId
from hub.rights import Permission

LABEL_LENGTH_MAX = 50
LINE_LENGTH_MAX = 120
LINES_MAX = 7

Label = Annotated[Text, Field(min_length=1, max_length=LABEL_LENGTH_MAX), AfterValidator(str.strip)]
Line = Annotated[Text, Field(min_length=1, max_length=LINE_LENGTH_MAX), AfterValidator(str.strip)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=LINES_MAX)]


class AddAddress(Command):
    """Keep one more address. The first one is the default, and so is any other that says so."""

    needs: ClassVar = Permission.ACCOUNT_KEEP

    label: Label
    lines: Annotated[Lines, Field(repr=False)]
    is_default: bool = False


class ChangeAddress(Command):
    """Change an address. What is not named stays as it is; lines are replaced as a whole.

    One becomes the default in the place of the one before; it stays that until another one does.
    """

    needs: ClassVar = Permission.ACCOUNT_KEEP

    address_id: AddressId
    label: Label | None = None
    lines: Annotated[Lines | None, Field(repr=False)] = None
    is_default: bool | None = None


class RemoveAddress(Command):
    """Forget an address. The default one cannot be forgotten."""

    needs: ClassVar = Permission.ACCOUNT_KEEP

    address_id: AddressId
