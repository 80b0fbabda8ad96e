"""A menu from a file: read exactly, given its place by rules, and refused with the line that is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.menus.reading import ImportedMenu, parse, read_menu
from hub.menus.rules import DEFAULT_RULES, Rules, WrongMenu, read_rules

RULES = read_rules()


def menu(*rows: str, head: str = "item,price", rules: Rules = RULES) -> ImportedMenu:
    return parse([line + "\n" for line in (head, *rows)], rules)


@pytest.mark.parametrize(
    ("item", "station", "section"),
    [
        ("Garlic Naan", "Tandoor", "Breads"),
        ("Stuffed Paratha", "Tandoor", "Breads"),
        ("King Prawn Puree", "Fry", "Starters"),
        ("Pilau Rice", "Rice", "Rice and fries"),
        ("Lamb Biryani", "Rice", "Biryanis"),
        ("French Fries", "Rice", "Rice and fries"),
        ("Plain Papadum", "Cold", "Small things"),
        ("Mint Sauce", "Cold", "Small things"),
        ("Korma Sauce", "Curry", "Sauces"),
        ("Green Salad", "Cold", "Small things"),
        ("COBRA (660ML)", "Bar", "Drinks"),
        ("Lemonade 1.5 ltr", "Bar", "Drinks"),
        ("Onion Bhajee", "Fry", "Starters"),
        ("Saag Bhajee", "Curry", "Vegetables"),
        ("Chicken Tikka", "Tandoor", "Starters"),
        ("Chicken Tikka (Main)", "Tandoor", "From the tandoor"),
        ("Chicken Tikka Masala", "Curry", "Curries"),
        ("Tarka Dall", "Curry", "Vegetables"),
        ("Vindaloo - Lamb", "Curry", "Curries"),
        ("something nobody thought of", "Curry", "Curries"),
    ],
)
def test_the_rules_that_come_along_know_an_indian_takeaway(item: str, station: str, section: str) -> None:
    (read,) = menu(f"{item},2.95").items
    assert (read.station, read.section) == (station, section)
    assert read.prep_seconds > 0


def test_stations_and_sections_are_those_in_use_and_sections_stand_in_the_order_of_courses() -> None:
    read = menu("Vindaloo,8.95", "Onion Bhajee,3.5", "Plain Naan,2.6", "Raitha,1.5")
    assert read.stations == ("Cold", "Tandoor", "Fry", "Curry")
    assert read.sections == ("Small things", "Starters", "Breads", "Curries")


@pytest.mark.parametrize(
    ("text", "minor"), [("2.95", 295), ("0", 0), ("0.8", 80), ("12", 1200), (" 1.50 ", 150), ("1e2", 10000)]
)
def test_prices_are_read_exactly(text: str, minor: int) -> None:
    assert menu(f"Vindaloo,{text}").items[0].price == minor


@given(st.integers(0, 100_000_000))
def test_any_price_survives_being_written_and_read(minor: int) -> None:
    assert menu(f"Vindaloo,{minor // 100}.{minor % 100:02}").items[0].price == minor


@pytest.mark.parametrize("text", ["", "cheap", "2.955", "-1", "NaN", "Infinity", "1000000.01", "£2"])
def test_what_is_no_price_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(WrongMenu, match=r"Line 3 of the menu: the price must be an amount such as 2\.95"):
        menu("Korma,7.95", f"Vindaloo,{text}")


def test_names_are_needed_once_and_short() -> None:
    with pytest.raises(WrongMenu, match="Line 3 of the menu: the item has no name"):
        menu("Korma,7.95", " ,2")
    with pytest.raises(WrongMenu, match="Line 3 of the menu: Korma stands on line 2 already"):
        menu("Korma,7.95", "  Korma ,2")
    with pytest.raises(WrongMenu, match="Line 2 of the menu: a name has at most 120 characters"):
        menu("K" * 121 + ",2")
    with pytest.raises(WrongMenu, match="Line 2 of the menu: a name has"):
        menu("Ko\x07rma,2")


def test_the_price_may_stand_in_a_column_of_either_name_among_others() -> None:
    read = menu("Korma,7.95,1120,0.9", head="item,price_gbp_mode,units_sold,share_pct")
    assert read.items[0].price == 795


@pytest.mark.parametrize("head", ["name,price", "item,cost", ""])
def test_a_file_without_the_columns_is_no_menu(head: str) -> None:
    with pytest.raises(WrongMenu, match="needs the columns item and price"):
        menu("Korma,7.95", head=head)


def test_an_empty_menu_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongMenu, match="no items"):
        menu()
    with pytest.raises(WrongMenu, match="cannot be read: No such file"):
        read_menu(tmp_path / "none.csv", RULES)
    (tmp_path / "bytes.csv").write_bytes(b"item,price\n\xff\xfe,2\n")
    with pytest.raises(WrongMenu, match="not text"):
        read_menu(tmp_path / "bytes.csv", RULES)


def rules(tmp_path: Path, text: str) -> Rules:
    path = tmp_path / "rules.toml"
    path.write_text(text)
    return read_rules(path)


RULE = "[[rule]]\npattern = 'pizza'\nstation = 'Oven'\nsection = 'Pizza'\nprep_seconds = 300\n"


def test_anybody_can_write_rules_and_the_first_that_fits_counts(tmp_path: Path) -> None:
    own = rules(tmp_path, RULE + RULE.replace("pizza", "pizza|bread").replace("Oven", "Counter"))
    read = menu("PIZZA Marinara,9", "Bread,2", rules=own)
    assert [item.station for item in read.items] == ["Oven", "Counter"]
    with pytest.raises(WrongMenu, match="Line 2 of the menu: no rule fits Soup"):
        menu("Soup,4", rules=own)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[rule]\n", "is not TOML"),
        ("", r"must hold \[\[rule\]\] tables and nothing else"),
        ("rule = 3\n", r"must hold \[\[rule\]\] tables"),
        (RULE + "[other]\n", r"must hold \[\[rule\]\] tables"),
        (RULE + RULE.replace("'Oven'", "''"), "Rule 2: station is not right"),
        (RULE.replace("300", "-1"), "Rule 1: prep_seconds is not right"),
        (RULE + "colour = 'red'\n", "Rule 1: colour is not right"),
        (RULE.replace("pizza", "(pizza"), r"Rule 1: the pattern '\(pizza' cannot be used"),
    ],
)
def test_wrong_rules_are_refused_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(WrongMenu, match=sentence):
        rules(tmp_path, text)


def test_the_rules_that_come_along_catch_everything() -> None:
    assert RULES.rules[-1].pattern == "."
    assert DEFAULT_RULES.name == "rules.toml"


def test_everything_that_is_wrong_is_said_at_once() -> None:
    rows = ["item,price\n", "Naan,dear\n", "Rice,2.95\n", ",1.00\n", "Rice,3.00\n"]
    with pytest.raises(WrongMenu) as caught:
        parse(rows, read_rules())
    assert [sentence.split(":")[0] for sentence in str(caught.value).splitlines()] == [
        f"Line {line} of the menu" for line in (2, 4, 5)
    ]
