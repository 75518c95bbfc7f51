"""How a Version and a Provision are cited, in four forms and two languages."""

from datetime import date

import pytest

from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.exports.citing import Access, citing_record
from kb.exports.records import Record, Records

ADDRESS = "https://inforce.example/r/gacc-order-237/2018-05-01/art-8"
DAY = date(2026, 11, 23)


def cite(corpus: Corpus, name: str, access: Access, language: Language = "en") -> Record:
    cited = Citation.parse(name)
    version = corpus.version(cited)
    return citing_record(version, version.find(cited.anchor), access, Records(corpus, language))


@pytest.mark.parametrize(
    ("access", "ending"),
    [
        (Access(ADDRESS, DAY), f"[EB/OL]. (2018-03-03)[2026-11-23]. {ADDRESS}."),
        (Access(ADDRESS), f"[EB/OL]. (2018-03-03). {ADDRESS}."),
        (Access(), "[S]. 2018."),
    ],
    ids=["online, with the day of access", "online", "in print"],
)
def test_the_national_standard_has_its_form(corpus: Corpus, access: Access, ending: str) -> None:
    name = "海关总署. 中华人民共和国海关企业信用管理办法: 海关总署令第237号, 第八条 信用信息异常企业名录"
    assert cite(corpus, "gacc-order-237@2018-05-01#art-8", access, "zh")["gbt7714"] == name + ending


def test_words_say_the_days_and_whose_words_the_text_is(corpus: Corpus) -> None:
    assert cite(corpus, "gacc-order-237@2018-05-01#art-8", Access(ADDRESS, DAY))["plain"] == (
        "General Administration of Customs of the PRC (GACC), Measures of the Customs of the People's Republic of China for "
        "the Administration of Enterprise Credit (GACC Order No. 237), Article 8 Abnormal-information list; in force "
        "2018-05-01 to 2021-10-31; restatement, not the authentic text: gacc-order-237@2018-05-01#art-8, "
        f"{ADDRESS} (read on 2026-11-23)."
    )


def test_markdown_links_the_name(corpus: Corpus) -> None:
    form = cite(corpus, "gacc-order-237@2018-05-01", Access(ADDRESS), "zh")["markdown"]
    assert form.startswith(
        f"[《中华人民共和国海关企业信用管理办法》（海关总署令第237号）]({ADDRESS})；施行期间：2018-05-01至2021-10-31"
    )


def test_bibtex_escapes_what_tex_would_obey(corpus: Corpus) -> None:
    form = cite(corpus, "gacc-order-237@2018-05-01#art-8", Access(ADDRESS, DAY))["bibtex"]
    assert form.startswith("@misc{gacc-order-237:2018-05-01:art-8,\n  author = {{General Administration")
    assert r"gacc-order-237@2018-05-01\#art-8" in form
    assert "  urldate = {2026-11-23},\n}" in form


def test_a_date_that_is_not_known_is_left_out(corpus: Corpus) -> None:
    forms = cite(corpus, "mra@2013-03-15", Access(ADDRESS))
    assert forms["gbt7714"].endswith(f"AEO mutual recognition arrangements of China Customs[EB/OL]. {ADDRESS}.")
    assert "year" not in forms["bibtex"]
    assert "urldate" not in forms["bibtex"]


def test_a_title_inside_a_title_has_its_own_marks(corpus: Corpus) -> None:
    form = cite(corpus, "wco-safe@2018-06", Access(), "zh")["plain"]
    assert form.startswith("世界海关组织，《世界海关组织〈全球贸易安全与便利标准框架〉》；")


def test_every_text_can_be_cited(corpus: Corpus) -> None:
    for version in corpus.versions():
        for language in ("en", "zh"):
            assert all(citing_record(version, None, Access(), Records(corpus, language)).values())
