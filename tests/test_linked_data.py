"""Texts as linked data: read as JSON-LD by PyLD, held as a graph by rdflib, and checked by SHACL and schema.org's own terms."""

import json
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from msgspec_schemaorg.models import Legislation
from pyld import jsonld
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import SDO

from kb.corpus import Corpus
from kb.exports.jsonld import write_interval
from kb.interval import Interval, PartialDate

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
[] a sh:NodeShape ; sh:targetClass schema:Legislation ; sh:nodeKind sh:IRI ;
  sh:property [ sh:path schema:temporalCoverage ; sh:maxCount 1 ;
    sh:pattern "^([0-9]{4}(-[0-9]{2}){0,2}~?)?/([0-9]{4}(-[0-9]{2}){0,2}~?|\\\\.\\\\.)?$" ] ,
    [ sh:path schema:legislationDate ; sh:maxCount 1 ; sh:pattern "^[0-9]{4}(-[0-9]{2}){0,2}~?$" ] ,
    [ sh:path schema:legislationDateVersion ; sh:maxCount 1 ; sh:pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" ] ,
    [ sh:path schema:legislationLegalForce ; sh:maxCount 1 ; sh:in ( schema:InForce schema:NotInForce ) ] ,
    [ sh:path schema:legislationLegalValue ; sh:maxCount 1 ; sh:in ( schema:UnofficialLegalValue ) ] ,
    [ sh:path schema:legislationRepeals ; sh:class schema:Legislation ] ,
    [ sh:path schema:isBasedOn ; sh:pattern "^https?://" ] ,
    [ sh:path eli:first_date_entry_in_force ; sh:maxCount 1 ; sh:datatype xsd:date ] ,
    [ sh:path eli:date_no_longer_in_force ; sh:maxCount 1 ; sh:datatype xsd:date ] .
[] a sh:NodeShape ; sh:targetClass eli:LegalExpression ;
  sh:property [ sh:path schema:exampleOfWork ; sh:minCount 1 ] , [ sh:path schema:name ; sh:minCount 1 ; sh:uniqueLang true ] .
[] a sh:NodeShape ; sh:targetClass eli:LegalResourceSubdivision ; sh:property [ sh:path schema:isPartOf ; sh:minCount 1 ] .
"""


def graph_of(document: object) -> Graph:
    quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    return Graph().parse(data=quads, format="nt")


def inline(client: FlaskClient, address: str) -> object:
    block = BeautifulSoup(client.get(address).data, "html.parser").select_one('script[type="application/ld+json"]')
    assert block is not None
    return json.loads(block.get_text())


def documents(client: FlaskClient, corpus: Corpus) -> Iterator[object]:
    for regulation in corpus.regulations.values():
        yield inline(client, f"/r/{regulation.id}")
        for version in regulation.versions:
            address = f"/r/{regulation.id}/{version.label}"
            yield client.get(f"{address}.jsonld?on=2022-06-01").get_json(force=True)
            yield inline(client, f"{address}/{version.provisions[-1].anchor}")


def test_every_text_is_linked_data_without_a_fault(client: FlaskClient, corpus: Corpus) -> None:
    shapes = Graph().parse(data=SHAPES, format="turtle")
    for document in documents(client, corpus):
        graph = graph_of(document)
        conforms, _, report = validate(graph, shacl_graph=shapes)
        assert conforms, report


def test_every_term_is_one_of_schema_org(client: FlaskClient, corpus: Corpus) -> None:
    known = {*Legislation.__struct_fields__, "legislationLegalValue"}
    used = {str(term) for document in documents(client, corpus) for term in graph_of(document).predicates()}
    own = {term.removeprefix(str(SDO)) for term in used if term.startswith(str(SDO))}
    assert {"legislationIdentifier", "legislationDate", "legislationRepeals", "temporalCoverage"} <= own
    assert own - known == set()


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2018-05-01", "2021-11-01", "2018-05-01/2021-10-31"),
        ("2021-11-01", None, "2021-11-01/.."),
        ("2018-06", "2021-06-01", "2018-06/2021-05-31"),
        ("2015-06", "2018-06", "2015-06/2018-06~"),
        ("2012", "2021", "2012/2021~"),
        ("2014..", "2021-11-01", "/2021-10-31"),
        ("2008-04-01", "2008-05..", "2008-04-01/"),
        ("2025-06..2025-09-15", None, "2025~/.."),
    ],
)
def test_a_stretch_is_written_with_its_last_day_and_as_far_as_it_is_known(start: str, end: str | None, written: str) -> None:
    interval = Interval(PartialDate.parse(start), PartialDate.parse(end) if end else None)
    assert write_interval(interval) == written


@pytest.mark.parametrize(
    ("address", "day", "force"),
    [
        ("/r/gacc-order-237/2018-05-01", "2021-10-31", "InForce"),
        ("/r/gacc-order-237/2018-05-01", "2021-11-01", "NotInForce"),
        ("/r/gacc-order-237/2018-05-01", "2018-04-30", "NotInForce"),
        ("/r/wco-safe/2018-06", "2018-06-10", None),
        ("/r/gacc-order-237/2018-05-01/art-12", "2021-10-31", "InForce"),
    ],
)
def test_whether_a_text_is_in_force_is_said_for_a_day_where_it_is_certain(
    client: FlaskClient, address: str, day: str, force: str | None
) -> None:
    graph = graph_of(client.get(f"{address}.jsonld?on={day}").get_json(force=True))
    said = graph.value(URIRef(f"http://localhost{address}"), SDO.legislationLegalForce)
    assert said == (SDO[force] if force else None)


def test_the_dates_of_a_text_and_what_it_repeals_stand_in_the_graph(client: FlaskClient) -> None:
    graph = graph_of(client.get("/r/gacc-order-251/2021-11-01.jsonld").get_json(force=True))
    work, text = URIRef("http://localhost/r/gacc-order-251"), URIRef("http://localhost/r/gacc-order-251/2021-11-01")
    assert str(graph.value(work, SDO.legislationDate)) == "2021-09-13"
    assert str(graph.value(text, SDO.temporalCoverage)) == "2021-11-01/2026-03-31"
    assert graph.value(work, URIRef("https://schema.org/legislationRepeals")) == URIRef("http://localhost/r/gacc-order-237")
    assert graph.value(text, SDO.exampleOfWork) == work
