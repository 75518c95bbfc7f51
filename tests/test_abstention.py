"""When there is no answer: each rule of refusal, and how often they are right on labelled questions."""

import pytest
from asking import Asking, Row, is_gold, labelled

from qa.answer import Reason, Status

# figures as measured, less a slack of two questions or so: what falls below has got worse
LEAST_ABSTAINED = {
    "qa/tuning.json": 0.92,
    "qa/tuning_more.json": 0.89,
    "qa/refused.json": 0.93,
    "qa/held.json": 0.93,
}
MOST_REFUSED = {
    "qa/tuning.json": 0.04,
    "qa/tuning_more.json": 0.045,
    "qa/held.json": 0.045,
    "questions.json": 0.035,
    "questions_unseen.json": 0.025,
}
LEAST_GOLD = {
    "qa/tuning.json": 0.91,
    "qa/tuning_more.json": 0.95,
    "qa/held.json": 0.9,
    "questions.json": 0.93,
    "questions_unseen.json": 0.93,
}


@pytest.mark.parametrize(
    ("text", "on", "reason"),
    [
        ("What is the VAT rate on cars?", "", Reason.OUT_OF_SUBJECT),
        ("出口退税率是多少？", "", Reason.OUT_OF_SUBJECT),
        ("What is the fee for an AEO application?", "", Reason.NOT_CARRIED),
        ("How were enterprises rated by Chinese customs in June 1995?", "", Reason.BEFORE_COVERAGE),
        ("2004年SAFE框架有什么要求？", "", Reason.BEFORE_COVERAGE),
        ("What does Article 3 of Order 71 say?", "2003-06-06", Reason.NOT_HELD),
        ("How long may Customs take to certify an enterprise?", "2026-11-26", Reason.NOT_HELD),
        ("2013年5月怎么申请一般认证？", "", Reason.NOT_THEN),
        ("In 2016, what benefits does a class AA company get?", "", Reason.NOT_THEN),
        ("2020年海关怎么把企业列入严重失信主体名单？", "", Reason.NOT_THEN),
        ("What was the rate for certified enterprises under Order 251 in 2019?", "", Reason.NOT_THEN),
        ("Which courier may we use to send in the application?", "2017-03-03", Reason.NOT_CARRIED),
        ("How many copies of the self-assessment report must we hand in?", "2023-03-03", Reason.NOT_CARRIED),
        ("监控录像要保存几个小时？", "2016-06-06", Reason.NOT_CARRIED),
        ("What does Article 24 of the Customs Law require?", "2020-10-10", Reason.NOT_HELD),
        ("行政处罚法第九条列了哪些处罚？", "2022-02-22", Reason.NOT_HELD),
        ("2023年企业信用年报几月交？", "", Reason.NOT_THEN),
        ("In 2022 we were put on the abnormal list. How do we get off it?", "", Reason.NOT_THEN),
        ("How long was the fault tolerance period?", "2020-06-06", Reason.NOT_THEN),
        ("2009年10月，C类申请调到B类，直属海关多少天内要作决定？", "", Reason.NOT_HELD),
        ("2016年12月，高级认证标准里哪些项目不允许整改？", "", Reason.NOT_HELD),
        ("February 2020: which information on dishonesty falls in the minor tier?", "", Reason.NOT_THEN),
        ("On 31 March 2026, what debt ratio did a company need for the plain 'certified' level?", "", Reason.NOT_THEN),
        ("2023年9月，申请“认证企业”（比高级认证低一档的那个）现金比率要到多少？", "", Reason.NOT_THEN),
        ("In June 2017, what did Pillar 4 of the SAFE Framework require?", "", Reason.NOT_THEN),
        ("What inspection rate cap do advanced certified enterprises have under Order 282?", "2026-06-01", Reason.NOT_HELD),
        ("What compensation does customs owe us if it overruns the 90 days?", "2019-06-06", Reason.NOT_CARRIED),
        ("Within how many hours must the coordinator of Article 30 of Order 251 answer?", "2023-09-01", Reason.NOT_CARRIED),
        ("By how many percent were duties reduced for AA companies under Order 197?", "2012-10-10", Reason.OUT_OF_SUBJECT),
        ("冰岛的AEO互认哪一天正式实施的？", "2026-11-26", Reason.NOT_HELD),
        ("From what day do exporters to Russia get the AEO benefits?", "2026-10-10", Reason.NOT_HELD),
    ],
)
def test_a_refusal_says_why(asking: Asking, text: str, on: str, reason: Reason) -> None:
    refusal = asking.ask(text, on).refusal
    assert refusal
    assert refusal.reason is reason


def test_a_holiday_that_marks_the_day_is_no_subject_of_its_own(asking: Asking) -> None:
    answer = asking.ask("2020年国庆节那天,失信企业的货大概有多少比例要被开箱?", "")
    assert answer.status is Status.ANSWERED
    assert answer.when.first.isoformat() == "2020-10-01"


@pytest.mark.parametrize(
    ("text", "on"),
    [
        (
            "The tax bureau had us down for a bad record three years ago, nothing since. Does it still block class A?",
            "2012-05-10",
        ),
        ("2022年第106号公告2026年4月1日当天还用不用？换成哪个？", ""),
        ("Within how many days must headquarters hear that an A-class firm fell to class C?", "2002-09-09"),
        ("2020年的标准框架有没有提单一窗口？", ""),
        ("Broker owes exactly 500,000 yuan in unpaid duty on 8 Aug 2012. C or D?", ""),
        ("1 April 2026, no joke: does a plain 'certified enterprise' count as an AEO in China?", ""),
    ],
)
def test_what_is_named_beside_a_rule_of_ours_refuses_no_question(asking: Asking, text: str, on: str) -> None:
    assert asking.ask(text, on).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("We held class A until last month. What are we now?", "2014-12-15"),
        ("2021年12月，一般认证的标准还有吗？", ""),
        ("What changed for general certified enterprises in November 2021?", ""),
    ],
)
def test_the_past_may_be_told(asking: Asking, text: str, on: str) -> None:
    assert asking.ask(text, on).status is Status.ANSWERED


def is_refused(asking: Asking, row: Row) -> bool:
    return asking.ask_row(row).status is Status.ABSTAINED


@pytest.mark.parametrize("name", LEAST_ABSTAINED)
def test_what_has_no_answer_is_refused_as_often_as_was_measured(asking: Asking, name: str) -> None:
    refused = [is_refused(asking, row) for row in labelled(name) if row.get("unanswerable")]
    assert sum(refused) / len(refused) >= LEAST_ABSTAINED[name]


@pytest.mark.parametrize("name", MOST_REFUSED)
def test_what_has_an_answer_is_seldom_refused(asking: Asking, name: str) -> None:
    refused = [is_refused(asking, row) for row in labelled(name) if not row.get("unanswerable")]
    assert sum(refused) / len(refused) <= MOST_REFUSED[name]


@pytest.mark.parametrize("name", LEAST_GOLD)
def test_the_provision_that_answers_is_cited_as_often_as_was_measured(asking: Asking, name: str) -> None:
    rows = [row for row in labelled(name) if not row.get("unanswerable")]
    found = [is_gold(asking.ask_row(row), row["gold"]) for row in rows]
    assert sum(found) / len(found) >= LEAST_GOLD[name]
