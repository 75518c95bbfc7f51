"""PowerPoint files (.pptx) to text: slide by slide, each with its notes."""

from collections.abc import Iterator
from datetime import UTC
from io import BytesIO

import pptx
from pptx.oxml.ns import qn
from pptx.presentation import Presentation

from kb.importer.flow import Tags, read_flow
from kb.importer.foreign import Foreign
from kb.importer.package import guard, rebuild_package

KIND = "PowerPoint"
_MAIN = "ppt/presentation.xml"
_TAGS = Tags(
    text=frozenset({qn("a:t")}),
    breaks=frozenset({qn("a:p"), qn("a:tr")}),
    spaces=frozenset({qn("a:br")}),
    skipped=frozenset({qn("a:pPr"), qn("a:rPr")}),
)


def read_slides(content: bytes) -> Foreign:
    """Return the text of a PowerPoint file; raise UnreadableError where it is none."""
    return guard(_read, rebuild_package(content, _MAIN, KIND), KIND)


def _read(package: BytesIO) -> Foreign:
    slides = pptx.Presentation(package)
    made = slides.core_properties.created
    return Foreign("\n".join(_each(slides)), made=made.replace(tzinfo=made.tzinfo or UTC) if made else None)


def _each(slides: Presentation) -> Iterator[str]:
    for slide in slides.slides:
        yield read_flow(slide.element, _TAGS)
        if slide.has_notes_slide:
            yield read_flow(slide.notes_slide.element, _TAGS)
