"""What a question takes for granted: refused where it is not so, and what is so is said; what is only asked is answered."""

import pytest
from asking import Asking

from kb.exports.answered import answer_record
from qa.answer import Reason, Status
from qa.claims import is_whether

NOT_SO = [
    ("Why was Order 251 repealed in 2023?", "2024-06-01"),
    ("251号令为什么在2023年废止？", "2024-06-01"),
    ("Order 237 took effect on 1 June 2018. How were dishonest enterprises inspected?", "2019-01-01"),
    ("What changed when Order 237 replaced Order 197?", "2018-07-01"),
    ("237号令取代197号令时改了什么？", "2018-07-01"),
    ("Why does Order 237 have five credit levels?", "2019-06-01"),
    ("225号令为什么把企业分成五类？", "2016-06-01"),
    ("Under Order 170, why were there only three classes?", "2009-06-01"),
    ("How is the 500,000 fine limit of Order 251 for importers reckoned?", "2023-06-01"),
    ("237号令要求海关60日内作出认证决定，超期怎么办？", "2019-02-01"),
    ("Order 251 has advanced firms re-certified every three years. Who carries that out?", "2022-06-01"),
    ("237号令规定自我披露罚款100万以下不记录，在第几条？", "2020-05-01"),
    ("Which article of Order 282 sets the 10 % inspection rate?", "2026-06-01"),
    ("Which article of Order 197 makes class A firms AEOs?", "2013-02-01"),
    ("197号令哪一条规定信用信息公示五年？", "2012-05-01"),
    ("237号令规定处罚信息公示10年，那2019年1月的罚款是不是要挂到2029年？", "2019-01-15"),
    ("170号令AA类外贸公司5000万美元的门槛，能不能分两年合计？", "2009-06-01"),
    ("2018年第32号公告把失信恢复期从两年延长到三年，过渡期怎么算？", "2018-05-01"),
    ("Under Order 251 the top tier was re-certified every two years. In which month was it due?", "2024-06-01"),
    ("Since Order 251 cut the amount for brokers to RMB 50,000 a year, what should a broker with 60,000 do?", "2022-06-01"),
    ("Why did Order 251 repeal Order 225?", "2021-11-15"),
    ("197号令把225号令废了以后，一般认证企业转成哪一类？", "2012-06-01"),
    ("71号令的E类企业是不是连报关都不行？", "2003-06-01"),
    ("What is the fifth core element of the SAFE Framework?", "2016-06-01"),
    ("标准框架第六项核心要素是什么？", "2026-06-01"),
]
SO = [
    ("Order 251 took effect on 1 November 2021. How is a firm on the dishonest list inspected?", "2023-06-01"),
    ("When Order 237 replaced Order 225, what became of dishonest enterprises?", "2018-07-01"),
    ("Which article of Order 282 sets five credit levels?", "2026-06-01"),
    ("251号令里进口商罚款100万的界限是怎么算的？", "2023-06-01"),
    ("237号令规定高级认证企业三年重新认证一次，在第几条？", "2019-06-01"),
    ("Which article of Order 251 deals with credit cultivation?", "2023-06-01"),
    ("237号令哪一条规定了年报6月30日截止？", "2019-06-01"),
    ("What is the fifth core element of the SAFE Framework?", "2022-06-01"),
    ("237号令规定失信要满两年才能恢复，我们2019年被降的，是不是2021年就行？", "2020-06-01"),
    ("282号令公布一周后（2026年1月20日），税款过期多长时间没交会被认定失信？", "2026-01-20"),
    ("251号令已经公布但还没到11月，2021年9月20日我们认证没通过，多久内不能再申请？", "2021-09-20"),
]
ASKED = [
    ("Does Order 251 have five levels?", "2023-06-01"),
    ("Is Order 251 repealed since 2023?", "2024-06-01"),
    ("251号令下，我们一年罚款共50万元，会被认定失信吗？", "2023-06-01"),
]


@pytest.mark.parametrize(("text", "on"), NOT_SO)
def test_what_is_taken_for_granted_and_is_not_so_has_no_answer(asking: Asking, text: str, on: str) -> None:
    answer = asking.ask(text, on)
    assert answer.refusal
    assert answer.refusal.reason in (Reason.NOT_SO, Reason.NOT_CARRIED, Reason.NOT_THEN)


@pytest.mark.parametrize(("text", "on"), SO)
def test_what_is_taken_for_granted_and_is_so_is_answered(asking: Asking, text: str, on: str) -> None:
    assert asking.ask(text, on).status is Status.ANSWERED


@pytest.mark.parametrize(("text", "on"), ASKED)
def test_what_is_only_asked_is_answered(asking: Asking, text: str, on: str) -> None:
    assert asking.ask(text, on).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("text", "on", "said"),
    [
        ("Why was Order 251 repealed in 2023?", "2024-06-01", "Order No. 251 ceased to be in force on 2026-04-01"),
        ("237号令取代197号令时改了什么？", "2018-07-01", "第225号"),
    ],
)
def test_a_wrong_date_or_successor_is_put_right(asking: Asking, text: str, on: str, said: str) -> None:
    record = answer_record(asking.corpus, asking.ask(text, on))
    assert said in record["reason"]
    assert record["answer"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is a firm dishonest under Order 251?", True),
        ("改了什么？", False),
        ("这样可不可以？", True),
        ("怎么算？", False),
        ("Order 251 has five levels, right?", False),
    ],
)
def test_a_question_whether_something_is_so_is_told_from_one_that_holds_it_so(text: str, *, expected: bool) -> None:
    assert is_whether(text) is expected
