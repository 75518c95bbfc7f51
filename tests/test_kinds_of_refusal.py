"""Refusals by what is asked for: other countries, kinds of fact, amendments, articles named apart, days to come."""

import pytest
from asking import Asking

from kb.exports.answered import answer_record
from qa.answer import Reason, Status

REFUSED = [
    ("What are the conditions to be an AEO in Germany?", "2021-08-08", Reason.OTHER_CUSTOMS),
    ("新加坡的STP怎么申请？", "2019-05-05", Reason.OTHER_CUSTOMS),
    ("和越南的AEO互认有什么好处？", "2026-11-26", Reason.NOT_HELD),
    ("What do exporters get in Korea by mutual recognition?", "2014-03-31", Reason.NOT_THEN),
    ("How do I appeal against a fine of the tax bureau?", "2026-11-26", Reason.OUT_OF_SUBJECT),
    ("Does our customs manager need a university degree for us to be certified?", "2017-01-16", Reason.NOT_CARRIED),
    ("下一版高级认证标准什么时候出来？", "2026-11-26", Reason.NOT_CARRIED),
    ("After the 2020 amendment of Order 237, which inspection rate replaced the 20%?", "2020-12-01", Reason.NOT_SO),
    ("251号令2024年修订后，高级认证复核由五年改成几年了？", "2024-11-11", Reason.NOT_SO),
    ("What does Article 24 of the 2008 classification measures (Order 170) provide?", "2009-06-06", Reason.NOT_HELD),
    ("中国和哈萨克斯坦的AEO互认到底哪天开始实施？", "2025-10-20", Reason.NOT_HELD),
    ("2030年的海关信用管理办法怎么规定查验率？", "", Reason.TO_COME),
    ("What debt ratio may a producer have at most for the advanced grade?", "2026-03-31", Reason.NOT_CARRIED),
    ("What were the conditions for falling into class E?", "2012-03-26", Reason.NOT_SO),
    ("F类企业怎么监管？", "2009-03-26", Reason.NOT_SO),
    ("What does the third pillar of SAFE ask of Customs?", "2013-05-13", Reason.NOT_THEN),
    ("Why was the inspection ceiling of the advanced grade lifted to 35 percent?", "2024-05-15", Reason.NOT_SO),
    ("What did the 2023 edition of the SAFE Framework change in Pillar 2?", "2024-01-10", Reason.NOT_SO),
    ("Under Order 199, which replaced Order 197, how long does class A take?", "2012-08-29", Reason.NOT_SO),
    ("How much does Customs charge a company for the rating?", "2026-11-26", Reason.NOT_CARRIED),
    ("How do we claim the duty drawback on machines that we sent back?", "2021-05-20", Reason.OUT_OF_SUBJECT),
    ("贷款时能不能把证书质押给银行？", "2021-05-20", Reason.OUT_OF_SUBJECT),
    ("Up to which fine was a violation simply ignored for classification?", "2012-06-30", Reason.NOT_HELD),
    (
        "How many days did regional customs have to decide on a class C firm's request to go up to B?",
        "2009-06-30",
        Reason.NOT_HELD,
    ),
    ("Which other two areas were added to the SAFE Framework in its newest edition?", "2026-11-26", Reason.NOT_HELD),
    ("2005年还有效的71号令第十二条写的什么？", "2005-06-01", Reason.NOT_HELD),
    ("单耗标准怎么申报？", "2026-11-26", Reason.OUT_OF_SUBJECT),
]
ANSWERED = [
    ("From what day is the AEO of New Zealand recognised with ours?", "2018-01-01"),
    ("2015年12月出口到德国，AEO互认能用吗？", ""),
    ("2020年国庆节那天，失信企业的货物查验率是多少？", "2020-10-01"),
    ("What debt ratio may a producer have at most for the advanced grade?", "2026-04-01"),
    ("How long may Customs take to certify an enterprise?", "2024-01-01"),
    ("What does the third pillar of SAFE ask of Customs?", "2016-05-13"),
    ("Which class is applied to a new company?", "2012-04-18"),
    ("What did the 2021 edition of the SAFE Framework change in Pillar 2?", "2024-01-10"),
    ("A partner asks me if Order 197 still lives. Does it?", "2014-12-05"),
    ("We are class C. How many years of clean behaviour before we are B again?", "2006-09-11"),
    (
        "How big must the penalty for bringing in waste be before a firm is on the list of the seriously dishonest?",
        "2025-04-14",
    ),
    ("2015年夏，老客户还攥着AA类的文书。可以换新证吗？", "2015-07-03"),
    ("跟蒙古的互认哪天落地？", ""),
    ("Up to which fine was a violation simply ignored for classification?", "2009-06-30"),
    ("按2014年那套标准，不达标的地方最多给多少天整改？", ""),
    ("How many of the bonus situations may an advanced company actually count?", "2026-11-26"),
    ("中国跟多少个经济体签了AEO互认？", "2026-02-15"),
    ("Is Order 251 still law?", ""),
]


@pytest.mark.parametrize(("text", "on", "reason"), REFUSED)
def test_what_no_rule_of_the_day_carries_is_refused_with_its_reason(asking: Asking, text: str, on: str, reason: Reason) -> None:
    refusal = asking.ask(text, on).refusal
    assert refusal
    assert refusal.reason is reason


@pytest.mark.parametrize(("text", "on"), ANSWERED)
def test_what_a_rule_of_the_day_carries_is_answered(asking: Asking, text: str, on: str) -> None:
    assert asking.ask(text, on).status is Status.ANSWERED


def test_a_day_to_come_that_is_given_apart_is_answered_by_what_is_promulgated(asking: Asking) -> None:
    assert asking.ask("How many credit levels are there?", "2027-01-01").status is Status.ANSWERED


@pytest.mark.parametrize(("text", "on", "_"), REFUSED)
def test_every_refusal_says_a_sentence_and_answers_nothing(asking: Asking, text: str, on: str, _: Reason) -> None:
    record = answer_record(asking.corpus, asking.ask(text, on))
    assert record["reason"][-1] in ".。"
    assert record["answer"] == []


def test_what_dates_say_of_an_instrument_stands_in_the_reason(asking: Asking) -> None:
    record = answer_record(asking.corpus, asking.ask("What was the rate for certified enterprises under Order 251 in 2019?"))
    assert "Nothing was in force" in record["reason"]
    assert record["answer"] == []
