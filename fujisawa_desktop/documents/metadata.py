"""What a PDF says about itself beside its pages (XMP, ISO 16684), for archives and searches."""

from __future__ import annotations

from html import escape
from typing import Final

from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.specs import Job

LANGUAGE: Final = "ja-JP"
PROGRAM: Final = "Fujisawa Desktop"

_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<xmp:CreateDate>{made_at}</xmp:CreateDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def xmp(job: Job) -> bytes:
    """Return the packet: title, author, subject and language, when and by what the file was made."""
    packet = _PACKET.format(
        title=escape(clean_line(job.title)),
        author=escape(clean_line(job.author)),
        subject=escape(clean_line(job.subject)),
        language=LANGUAGE,
        program=PROGRAM,
        made_at=f"{job.made_at:%Y-%m-%dT%H:%M:%S}",
    )
    return packet.encode("utf-8")
