"""Small PDFs, written by hand so that hostile ones can be made too."""

import zlib


def pdf(*pages, title="", compress=False):
    """Pages of text lines in one font."""
    return pdf_of_streams(*(_stream(page) for page in pages), title=title, compress=compress)


def pdf_of_streams(*streams, title="", compress=False, claims_pages=None):
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(streams)))
    count = len(streams) if claims_pages is None else claims_pages
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, stream in enumerate(streams):
        content = 5 + 2 * number
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        packed = zlib.compress(stream) if compress else stream
        filtered = b"/Filter /FlateDecode " if compress else b""
        objects.append(
            b"<< %b/Length %d >>\nstream\n%b\nendstream" % (filtered, len(packed), packed)
        )
    objects.append(f"<< /Title ({title}) >>".encode())
    return _file(objects)


def _stream(page):
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in page.splitlines())
    return f"BT /F1 10 Tf 12 TL 40 780 Td\n{shown}\nET".encode("latin-1", "replace")


def _escaped(line):
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects):
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (size, len(objects))
    start = len(out)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%b%bstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        trailer,
        start,
    )
