"""A house as the doors describe it, for services that are only planned."""

from hub.simulation.service import Choice, Dish, House, Table


def a_house(*, tables: bool = True, off: tuple[str, ...] = ()) -> House:
    """Four sections, one item with a choice, and tables of two, four and six."""
    dishes = (
        _dish("Soup", 650, "To begin", off),
        _dish("Bread", 350, "To begin", off),
        _dish("Steak", 2400, "Mains", off, choices=(Choice(1, 4, tuple("abcdefgh")),)),
        _dish("Burger", 1450, "Mains", off),
        _dish("Risotto", 1380, "Mains", off),
        _dish("Tart", 750, "To end", off),
        _dish("Wine", 700, "To drink", off),
        _dish("Water", 250, "To drink", off),
    )
    floor = (Table("t1", "1", 2), Table("t2", "2", 4), Table("t3", "3", 6)) if tables else ()
    return House("house", "The Test Kitchen", dishes, {"s1": "Grill"}, floor)


def _dish(name: str, price: int, section: str, off: tuple[str, ...], choices: tuple[Choice, ...] = ()) -> Dish:
    return Dish(name.lower(), name, price, section, "s1", name not in off, choices=choices)
