"""What a file says of itself: that it is PDF/UA-1 and PDF/A-3a."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from weasyprint.pdf.metadata import DocumentMetadata

PART = "3"
LEVEL = "A"
UA_PART = "1"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
UA = "http://www.aiim.org/pdfua/ns/id/"
# PDF/A allows no property that it does not know, unless the file declares its schema (ISO
# 19005-3, 6.6.2.3).
EXTENSION = f"""\
<rdf:RDF xmlns:rdf="{RDF}" xmlns:pdfuaid="{UA}"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <rdf:Description rdf:about="" pdfuaid:part="{UA_PART}"/>
  <rdf:Description rdf:about="">
    <pdfaExtension:schemas>
      <rdf:Bag>
        <rdf:li rdf:parseType="Resource">
          <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
          <pdfaSchema:namespaceURI>{UA}</pdfaSchema:namespaceURI>
          <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
          <pdfaSchema:property>
            <rdf:Seq>
              <rdf:li rdf:parseType="Resource">
                <pdfaProperty:name>part</pdfaProperty:name>
                <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
                <pdfaProperty:category>internal</pdfaProperty:category>
                <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
              </rdf:li>
            </rdf:Seq>
          </pdfaSchema:property>
        </rdf:li>
      </rdf:Bag>
    </pdfaExtension:schemas>
  </rdf:Description>
</rdf:RDF>"""
PREFIXES = {
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


class Claims(DocumentMetadata):  # type: ignore[misc]
    """The metadata of one file: those of its document, and what the file conforms to."""

    @classmethod
    def of(cls, metadata: DocumentMetadata) -> Claims:
        """Return a copy: documents share their metadata with all that is made of them.

        What a template attaches stays out: only what the program encloses conforms.
        """
        claims = cls(**vars(metadata))
        claims.attachments = []
        return claims

    def generate_rdf_metadata(
        self,
        variant: str,
        version: int,
        conformance: str,  # noqa: ARG002 -- WeasyPrint's call
    ) -> bytes:
        """Return the description of the file, in RDF."""
        for prefix, address in PREFIXES.items():
            Xml.register_namespace(prefix, address)
        described = Xml.fromstring(super().generate_rdf_metadata(variant, version, LEVEL))  # noqa: S314
        described.extend(Xml.fromstring(EXTENSION))  # noqa: S314 -- both texts are ours
        text: bytes = Xml.tostring(described, encoding="utf-8")
        return text
