"""The PDF: what it says, where it leads, in which scripts, and what it says when it lacks letters."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from wagtail.models import Site

from careers.credentials.pdf import certificate_pdf
from careers.models import CertificateSettings
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.credentials import CredentialFactory, certificate_of

pytestmark = pytest.mark.django_db


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def text_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_the_file_says_what_the_page_says_and_leads_to_it():
    certificate = certificate_of(PersonFactory(name="Zoë Çelik-Øvergård"))

    response = browser_of(None).get(f"{certificate.get_absolute_url()}certificate.pdf")
    pdf = read(response.content)
    links = [note.get_object()["/A"]["/URI"] for note in pdf.pages[0]["/Annots"] if "/A" in note.get_object()]

    assert response["Content-Disposition"] == f'attachment; filename="certificate-{certificate.printed_code}.pdf"'
    for words in ("Zoë Çelik-Øvergård", "Know your market", certificate.printed_code, certificate.steps[0]["title"]):
        assert words in text_of(pdf)
    assert links == [f"http://localhost:8000{certificate.get_absolute_url()}"] * 2
    assert pdf.metadata
    assert pdf.metadata.title == "Certificate: Know your market"
    assert str(pdf.trailer["/Root"]["/Lang"]).lower().startswith("en")


@pytest.mark.parametrize("name", ["Ελένη Παππά", "Наталья", "प्रिया", "محمد"])
def test_names_in_the_scripts_of_the_font_are_written(name):
    text = text_of(read(certificate_pdf(CredentialFactory.build(name=name, person=None))))

    assert "this file has no letters for it" not in text


def test_a_name_without_letters_in_the_font_is_not_printed_as_boxes():
    text = text_of(read(certificate_pdf(CredentialFactory.build(name="山田太郎", person=None))))

    assert "The name is on the page at the address below" in text


def test_the_second_download_is_the_first_one_and_quick(client, monkeypatch):
    certificate = certificate_of(PersonFactory(name="Priya Practitioner"))
    address = f"{certificate.get_absolute_url()}certificate.pdf"
    first = client.get(address).content
    monkeypatch.setattr("careers.credentials.pdf_cache.certificate_pdf", lambda _credential: pytest.fail("made again"))

    assert client.get(address).content == first
    monkeypatch.setattr("careers.credentials.pdf_cache.certificate_pdf", lambda _credential: b"%PDF- anew")
    site = Site.objects.get(is_default_site=True)
    CertificateSettings.objects.update_or_create(site=site, defaults={"signatory": "Ines, Mentor"})
    assert client.get(address).content == b"%PDF- anew", "what stands around it has changed"
