"""The demo restaurant, as facts: its stations, its menu and its floor. Invented; any likeness is an appetite.

Not its business: putting them into a database (`hub.demo.seeding`).
"""

from dataclasses import dataclass, field

from hub.domain.bills import TaxRule
from hub.events.orders import OrderKind

NAME = "The Copper Ladle"
CURRENCY = "GBP"
TIME_ZONE = "Europe/London"
TAX = TaxRule({OrderKind.DINE_IN: 2000, OrderKind.PICKUP: 2000, OrderKind.DELIVERY: 2000})

STATIONS = ("Grill", "Stove", "Fry", "Cold", "Pastry", "Bar")
BACKUPS = {"Grill": "Stove", "Stove": "Grill", "Fry": "Grill", "Cold": "Pastry", "Pastry": "Cold"}
"""Who shows a station's tickets when its own screen does not. The bar stands alone, and within earshot."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to have a dish: what it adds to the price, in pence, and to what could hurt the guest."""

    name: str
    price: int = 0
    allergens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A modifier group."""

    name: str
    min: int
    max: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Dish:
    """An item: price in pence, time in seconds. `packed_at` is the station that makes it for pickup and delivery."""

    name: str
    price: int
    station: str
    seconds: int
    allergens: tuple[str, ...] = ()
    diet: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    portions: int | None = None
    packed_at: str | None = None
    description: str | None = None


COOKED = Choice("How cooked", 1, 1, (Option("Rare"), Option("Medium rare"), Option("Medium"), Option("Well done")))
SIDE = Choice(
    "Side",
    1,
    1,
    (
        Option("Chips"),
        Option("Buttered greens", allergens=("milk",)),
        Option("Mash", allergens=("milk",)),
        Option("Truffle chips", 250, ("milk",)),
    ),
)
EXTRAS = Choice(
    "Extras",
    0,
    3,
    (
        Option("Fried egg", 150, ("egg",)),
        Option("Bacon", 200, ("sulphites",)),
        Option("Blue cheese", 180, ("milk",)),
        Option("Peppercorn sauce", 220, ("milk", "celery")),
    ),
)
LEAVE_OUT = Choice("Leave out", 0, 3, (Option("No onion"), Option("No garlic"), Option("No butter")))
MILK = Choice("Milk", 0, 1, (Option("Whole milk", 0, ("milk",)), Option("Oat milk", 40, ("gluten",)), Option("Black")))

MENU: dict[str, tuple[Dish, ...]] = {
    "To begin": (
        Dish("Leek and potato soup", 650, "Stove", 240, ("celery", "milk"), ("vegetarian",)),
        Dish("Smoked trout on rye", 950, "Cold", 180, ("fish", "gluten"), choices=(LEAVE_OUT,)),
        Dish("Beetroot and goat's curd", 850, "Cold", 180, ("milk", "nuts"), ("vegetarian",)),
        Dish("Crisp squid, aioli", 980, "Fry", 300, ("molluscs", "egg", "gluten")),
        Dish("Grilled sardines", 890, "Grill", 360, ("fish",), portions=24),
        Dish("Bread and good butter", 420, "Cold", 60, ("gluten", "milk"), ("vegetarian",)),
    ),
    "Mains": (
        Dish("Ribeye, 300 g", 2950, "Grill", 900, ("milk",), choices=(COOKED, SIDE, EXTRAS)),
        Dish("Ladle burger", 1580, "Grill", 720, ("gluten", "milk", "egg"), choices=(COOKED, SIDE, EXTRAS)),
        Dish("Roast chicken for one", 1890, "Stove", 1080, ("milk",), choices=(SIDE,)),
        Dish("Fish and chips", 1690, "Fry", 660, ("fish", "gluten")),
        Dish("Mushroom and barley risotto", 1480, "Stove", 960, ("gluten", "milk"), ("vegetarian",)),
        Dish("Hake, mussels and cider", 2280, "Stove", 840, ("fish", "molluscs", "milk"), portions=30),
        Dish("Aubergine, tahini, herbs", 1390, "Grill", 780, ("sesame",), ("vegan",)),
        Dish("Lamb shoulder for two", 4400, "Stove", 1200, ("milk",), choices=(SIDE,), portions=8),
    ),
    "Beside": (
        Dish("Chips", 480, "Fry", 300, (), ("vegan",)),
        Dish("Buttered greens", 450, "Stove", 240, ("milk",), ("vegetarian",)),
        Dish("Tomato salad", 520, "Cold", 150, (), ("vegan",), choices=(LEAVE_OUT,)),
        Dish("Mash", 480, "Stove", 240, ("milk",), ("vegetarian",)),
    ),
    "To end": (
        Dish("Sticky toffee pudding", 790, "Pastry", 300, ("gluten", "milk", "egg"), ("vegetarian",)),
        Dish("Lemon tart", 780, "Pastry", 150, ("gluten", "milk", "egg"), ("vegetarian",), portions=16),
        Dish("Three cheeses", 1150, "Cold", 240, ("milk", "gluten"), ("vegetarian",)),
        Dish("Sorbet of the day", 620, "Pastry", 120, (), ("vegan",)),
    ),
    "To drink": (
        Dish("House red, 175 ml", 720, "Bar", 60, ("sulphites",), packed_at="Cold"),
        Dish("House white, 175 ml", 720, "Bar", 60, ("sulphites",), packed_at="Cold"),
        Dish("Pale ale, pint", 640, "Bar", 60, ("gluten",)),
        Dish("Ginger beer", 380, "Bar", 45, packed_at="Cold"),
        Dish("Coffee", 340, "Bar", 120, choices=(MILK,)),
        Dish("Pot of tea", 320, "Bar", 150, choices=(MILK,)),
    ),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A table on the plan; `x` and `y` in hundredths of a per cent of the room."""

    name: str
    seats: int
    x: int
    y: int


def _row(names: range, seats: int, y: int) -> tuple[Spot, ...]:
    step = 9000 // len(names)
    return tuple(Spot(str(name), seats, 500 + step * place, y) for place, name in enumerate(names))


FLOOR: dict[str, tuple[Spot, ...]] = {
    "Window": _row(range(1, 7), 2, 1000),
    "Middle": _row(range(7, 12), 4, 4000),
    "Banquette": _row(range(12, 16), 6, 6800),
    "Garden": _row(range(20, 25), 4, 9200),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here, and under which roles."""

    role: str
    name: str
    also: tuple[str, ...] = field(default=())


STAFF = (
    Person("owner", "Olive Marsh"),
    Person("manager", "Max Field"),
    Person("expo", "Ezra Lane"),
    Person("cook", "Cora Bell"),
    Person("waiter", "Wren Hall"),
    Person("host", "Hollis Grey"),
)
