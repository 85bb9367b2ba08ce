"""What calendars call things."""

from tasrih.dates.calendars import months, named


def test_a_month_is_known_by_each_of_its_names():
    assert set(named("month").values()) == set(range(1, 13))
    assert months("في كانون الأول (ديسمبر) 2023") == {12}
    assert all(number in months(f"يوم 3 {name}") for name, number in named("month").items())
