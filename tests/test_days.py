"""The days that the words of a question mean."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.corpus import Corpus
from kb.numerals import parse_numeral
from qa.days import find_when
from qa.question import Basis, InvalidQuestionError, Question, language_of

TODAY = date(2026, 11, 26)
DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
HAN = "〇一二三四五六七八九"


def when(text: str, corpus: Corpus, on: date | None = None) -> tuple[str, str, str]:
    found = find_when(Question(text, language_of(text), TODAY, on), corpus)
    return found.first.isoformat(), found.last.isoformat(), found.basis.value


def in_han(number: int) -> str:
    """Write a number up to 31 in Chinese."""
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{HAN[tens]}十")
    return head + (HAN[ones] if ones else "")


@pytest.mark.parametrize(
    ("text", "first", "last", "basis"),
    [
        ("Which rule applied on 31 March 2026?", "2026-03-31", "2026-03-31", "day"),
        ("What held in mid 2013?", "2013-05-01", "2013-08-31", "part"),
        ("2019年全年适用哪个办法？", "2019-01-01", "2019-12-31", "year"),
        ("二〇二一年十月适用哪个办法？", "2021-10-01", "2021-10-31", "month"),
        ("What governed us the day before Order 251 took effect?", "2021-10-31", "2021-10-31", "era"),
        ("251号令施行前一天适用什么？", "2021-10-31", "2021-10-31", "era"),
        ("When Order 225 was in force, who was dishonest?", "2014-12-01", "2018-04-30", "era"),
        ("225号令施行期间谁算失信？", "2014-12-01", "2018-04-30", "era"),
        ("What was the rate last year?", "2025-01-01", "2025-12-31", "relative"),
        ("去年的查验率是多少？", "2025-01-01", "2025-12-31", "relative"),
        ("What is the rate now?", "2026-11-26", "2026-11-26", "relative"),
        ("现在的查验率是多少？", "2026-11-26", "2026-11-26", "relative"),
        ("What is the rate?", "2026-11-26", "2026-11-26", "today"),
        ("From 2017 to 2019, what was the rate?", "2017-01-01", "2019-12-31", "year"),
        ("2017年至2019年的查验率？", "2017-01-01", "2019-12-31", "year"),
        ("the day before 1 May 2018", "2018-04-30", "2018-04-30", "day"),
        ("2018年5月1日次日", "2018-05-02", "2018-05-02", "day"),
        ("去年3月5日的规定", "2025-03-05", "2025-03-05", "day"),
        ("three years ago", "2023-01-01", "2023-12-31", "relative"),
        ("29 February 2020", "2020-02-29", "2020-02-29", "day"),
    ],
)
def test_words_mean_days(corpus: Corpus, text: str, first: str, last: str, basis: str) -> None:
    assert when(text, corpus) == (first, last, basis)


@pytest.mark.parametrize("text", ["a fine of 2000 yuan", "罚款2000元", "2018 declarations", "2018票报关单", "3.2018 tons"])
def test_what_is_no_date_is_none(corpus: Corpus, text: str) -> None:
    assert when(text, corpus)[2] == "today"


@pytest.mark.parametrize("text", ["2018年5月以前就被定为失信的，什么时候能变一般信用？", "2014年之前已是A类的企业怎么办？"])
def test_what_had_happened_by_a_day_is_no_day_asked_about(corpus: Corpus, text: str) -> None:
    assert find_when(Question(text, "zh", date(2026, 11, 26)), corpus).basis is Basis.TODAY


def test_a_day_that_the_calendar_lacks_is_read_as_its_month(corpus: Corpus) -> None:
    assert when("29 February 2021", corpus) == ("2021-02-01", "2021-02-28", "month")


def test_a_day_given_apart_wins(corpus: Corpus) -> None:
    assert when("What applied on 31 March 2026?", corpus, date(2011, 1, 1)) == ("2011-01-01", "2011-01-01", "given")


@given(day=DAYS)
@pytest.mark.parametrize(
    "write",
    [
        date.isoformat,
        lambda day: f"{day.year}/{day.month}/{day.day}",
        lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        lambda day: f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
        lambda day: f"{day.year}年{day.month}月{day.day}日",
        lambda day: "".join(HAN[int(one)] for one in str(day.year)) + f"年{in_han(day.month)}月{in_han(day.day)}日",
    ],
    ids=["iso", "slashes", "english", "american", "chinese", "han"],
)
def test_a_day_is_read_however_it_is_written(corpus: Corpus, write: object, day: date) -> None:
    text = write(day)  # type: ignore[operator]
    assert when(f"{text} ?", corpus) == (day.isoformat(), day.isoformat(), Basis.DAY)


@given(day=DAYS)
def test_the_day_before_and_after_are_one_day_off(corpus: Corpus, day: date) -> None:
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    assert when(f"the day before {day}", corpus)[0] == before.isoformat()
    assert when(f"the day after {day}", corpus)[0] == after.isoformat()


@given(number=st.integers(1, 31))
def test_the_chinese_numbers_of_these_tests_are_right(number: int) -> None:
    assert parse_numeral(in_han(number)) == number


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
def test_an_empty_or_endless_question_is_refused(text: str) -> None:
    with pytest.raises(InvalidQuestionError):
        Question(text, "en", TODAY)
