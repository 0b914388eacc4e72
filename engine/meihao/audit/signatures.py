"""Signs PDFs (PAdES, added at the end of the file) and says who signed what.

The one user of pyHanko, an extra of its own. A signature says whose key signed; it says nothing about the certificate's worth.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping

from ..core.problems import Problems, Source
from .checks import check_file
from .messages import BAD_KEY, NO_HANKO, NOT_SIGNED, WANTS_PDF
from .model import OpenedFile
from .opened import PDF_HEAD

FIELD = "Meihao"
logging.getLogger("pyhanko").addHandler(logging.NullHandler())  # what it would tell the terminal is said by us
logging.getLogger("pyhanko").propagate = False


def no_pdf(data: bytes, name: str) -> Problems:
    """Return that only a PDF is signed, where a file is none."""
    return () if data.startswith(PDF_HEAD) else (WANTS_PDF.at(Source(name)),)


def not_to_sign(document: OpenedFile) -> Problems:
    """Return why a PDF is not to be signed: changed since it was written, or signed already."""
    if document.sheets and document.sheets.signatures:
        return (NOT_SIGNED.at(Source(document.name), zh="已经签过名", en="it is signed already"),)
    if any(check.state == "fails" for check in check_file(document)):
        why = {"zh": "写成以后被改过", "en": "it was changed after it was written"}
        return (NOT_SIGNED.at(Source(document.name), **why),)
    return ()


def sign(pdf: bytes, key: bytes, password: bytes) -> tuple[bytes, Problems]:
    """Return the PDF with a signature over all of it; b"" with the problem where it cannot be signed."""
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign import signers
        from pyhanko.sign.fields import SigSeedSubFilter
        from pyhanko.sign.general import SigningError
    except ImportError:
        return b"", (NO_HANKO.at(Source()),)
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(key, other_certs=[], passphrase=password or None)
    except ValueError:
        return b"", (BAD_KEY.at(Source()),)
    wanted = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, use_pades_lta=False
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        out = signers.sign_pdf(writer, wanted, signer=signer)
    except (PdfError, SigningError, ValueError) as refused:
        return b"", (NOT_SIGNED.at(Source(), zh=str(refused)[:200], en=str(refused)[:200]),)
    return bytes(out.getbuffer()), ()


def read_signatures(pdf: bytes) -> list[Mapping[str, object]] | None:
    """Return each signature: signer, issuer, fingerprint, whether it fits, whether it covers all; None without pyHanko."""
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko.sign.validation.status import SignatureCoverageLevel
        from pyhanko_certvalidator import ValidationContext
    except ImportError:
        return None
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    found: list[Mapping[str, object]] = []
    for one in PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures:
        status = validate_pdf_signature(one, nobody, skip_diff=True)
        certificate = status.signing_cert
        found.append({
            "signer": certificate.subject.human_friendly, "issuer": certificate.issuer.human_friendly,
            "fingerprint": certificate.sha256_fingerprint, "intact": status.intact, "fits": status.valid,
            "whole": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        })  # fmt: skip
    return found
