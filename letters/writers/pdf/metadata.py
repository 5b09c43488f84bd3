"""Properties → what a PDF says about itself: one XMP block that names PDF/A-3a and PDF/UA-1 together.

WeasyPrint writes one block per standard; PDF/A wants a single rdf:RDF and a schema for what PDF/A does not know.
"""

from __future__ import annotations

from hashlib import sha256
from html import escape

from weasyprint import VERSION
from weasyprint.pdf.metadata import DocumentMetadata

from letters.model.letter import Properties

PRODUCER = f"WeasyPrint {VERSION}"

_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{author}{subject}{identifier}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{created}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""
_AUTHOR = "\n<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"
_SUBJECT = '\n<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>'
_IDENTIFIER = "\n<dc:identifier>{}</dc:identifier>"


class LetterMetadata(DocumentMetadata):  # type: ignore[misc]  # weasyprint has no types
    """Metadata of one letter, for the information dictionary and for XMP alike."""

    def __init__(self, properties: Properties) -> None:
        self.properties = properties
        moment = f"{properties.created:%Y-%m-%dT%H:%M:%S}Z"
        super().__init__(
            title=properties.title,
            authors=[properties.author] if properties.author else [],
            description=properties.subject or None,
            created=moment,
            modified=moment,
            lang=properties.language,
        )

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        """Return the whole rdf:RDF element; both standards stand in it, whichever WeasyPrint asks for."""
        facts = self.properties
        return _RDF.format(
            title=escape(facts.title, quote=False),
            language=escape(facts.language, quote=False),
            author=_element(_AUTHOR, facts.author),
            subject=_element(_SUBJECT, facts.subject),
            identifier=_element(_IDENTIFIER, facts.identifier),
            producer=PRODUCER,
            created=self.created,
        ).encode()


def _element(pattern: str, text: str) -> str:
    return pattern.format(escape(text, quote=False)) if text else ""


def file_identifier(properties: Properties) -> bytes | bool:
    """Return the file's permanent identifier, made from the letter's; `True` lets the content decide."""
    return sha256(properties.identifier.encode()).hexdigest()[:32].encode() if properties.identifier else True
