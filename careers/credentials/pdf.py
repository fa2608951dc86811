"""A certificate as a PDF of A4: what it says, what it rests on, where it can be checked. Lengths are millimetres."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from careers.credentials.drawing import qr_drawing
from careers.credentials.fonts import FAMILY, can_write, fonts_of
from careers.models import CertificateSettings, Completion, Credential
from home.models import ContentKind
from home.templatetags.portal_tags import minutes as length
from jobs.mail import absolute
from jobs.naming import portal_name

MARGIN, INDENT = 18, 8
QR_SIDE = 32
INK, SOFT, BRAND, LAMP, PAPER = (28, 27, 44), (92, 91, 110), (56, 44, 122), (240, 205, 110), (255, 255, 255)


def certificate_pdf(credential: Credential) -> bytes:
    pdf = FPDF(format="A4")
    describe(pdf, credential)
    pdf.set_margins(MARGIN + INDENT, MARGIN + INDENT)
    pdf.set_auto_page_break(True, margin=MARGIN + INDENT)
    with fonts_of(pdf):
        pdf.add_page()
        frame(pdf)
        heading(pdf, credential)
        facts(pdf, credential)
        checking(pdf, credential)
        evidence(pdf, credential)
        return bytes(pdf.output())


def describe(pdf: FPDF, credential: Credential) -> None:
    """What programs read aloud or list: language, title, author (ISO 32000-1, 14.3)."""
    pdf.set_lang(get_language() or "en-gb")
    pdf.set_title(_("Certificate: %(title)s") % {"title": credential.title})
    pdf.set_author(portal_name())
    pdf.set_subject(absolute(credential.get_absolute_url()))
    pdf.set_creation_date(credential.issued_at)
    pdf.set_display_mode("fullpage")


def frame(pdf: FPDF) -> None:
    pdf.set_draw_color(*BRAND)
    pdf.set_line_width(0.7)
    pdf.rect(MARGIN / 2, MARGIN / 2, pdf.w - MARGIN, pdf.h - MARGIN)
    pdf.set_fill_color(*LAMP)
    pdf.rect(MARGIN / 2, MARGIN / 2, pdf.w - MARGIN, 3, style="F")


def heading(pdf: FPDF, credential: Credential) -> None:
    line(pdf, portal_name(), size=11, colour=BRAND, style="B", gap=14)
    line(pdf, _("Certificate of completion"), size=13, colour=SOFT, gap=7)
    if not can_write(pdf, credential.name):
        line(pdf, _("The name is on the page at the address below: this file has no letters for it."), size=12, gap=6)
    else:
        line(pdf, credential.name or _("No name was given"), size=28, style="B", gap=5)
    line(pdf, verb(credential), size=12, colour=SOFT, gap=3)
    line(pdf, credential.title, size=20, style="B", colour=BRAND, gap=8)


def facts(pdf: FPDF, credential: Credential) -> None:
    rows = [(_("Completed"), day(credential.completed_at)), (_("Issued"), day(credential.issued_at))]
    if credential.minutes:
        rows.append((_("Learning time"), length(credential.minutes)))
    if credential.expires_at:
        rows.append((_("Valid until"), day(credential.expires_at)))
    for label, value in rows:
        pdf.set_font(FAMILY, "", 11)
        pdf.set_text_color(*SOFT)
        pdf.cell(40, 7, label)
        pdf.set_text_color(*INK)
        pdf.cell(0, 7, value, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    if signs := signatory():
        pdf.ln(3)
        line(pdf, signs, size=11)
    pdf.ln(7)


def checking(pdf: FPDF, credential: Credential) -> None:
    """The code and the address, as a link, in words and as a QR code."""
    address = absolute(credential.get_absolute_url())
    top, left = pdf.get_y(), pdf.l_margin
    drawing = qr_drawing(address)
    module = QR_SIDE / drawing.size
    pdf.set_fill_color(*INK)
    for row, column, run in drawing.runs:
        pdf.rect(left + column * module, top + row * module, run * module, module, style="F")
    pdf.link(left, top, QR_SIDE, QR_SIDE, address, alt_text=_("Check this certificate"))
    pdf.set_left_margin(left + QR_SIDE + 6)
    pdf.set_xy(left + QR_SIDE + 6, top + 4)
    line(pdf, credential.printed_code, size=15, style="B", gap=1)
    line(pdf, _("Anybody can check at this address whether the certificate holds:"), size=10, colour=SOFT, gap=1)
    pdf.set_font(FAMILY, "", 10)
    pdf.set_text_color(*BRAND)
    pdf.cell(0, 6, address, link=address, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.set_left_margin(left)
    pdf.set_xy(left, top + QR_SIDE + 8)


def evidence(pdf: FPDF, credential: Credential) -> None:
    if not credential.steps:
        return
    line(pdf, _("What it rests on"), size=13, style="B", gap=3)
    pdf.set_font(FAMILY, "", 9)
    pdf.set_draw_color(*SOFT)
    pdf.set_fill_color(*PAPER)
    pdf.set_line_width(0.2)
    bold = FontFace(emphasis="B", color=INK)
    with pdf.table(
        col_widths=(46, 17, 13, 17, 20), borders_layout=TableBordersLayout.HORIZONTAL_LINES, headings_style=bold,
        text_align=("LEFT", "LEFT", "RIGHT", "LEFT", "LEFT"), line_height=5.5,
    ) as table:  # fmt: skip
        table.row([_("Step"), _("Kind"), _("Time"), _("Done on"), _("How")])
        for step in credential.steps:
            done = day(datetime.fromisoformat(step["completed_at"]), short=True)
            kind, how = str(ContentKind(step["kind"]).label), str(Completion.How(step["how"]).label)
            table.row([step["title"], kind, length(step["minutes"]), done, how])


def line(
    pdf: FPDF, text: str, *, size: int, style: str = "", colour: tuple[int, int, int] = INK, gap: float = 0
) -> None:
    """A paragraph, and some room below it."""
    pdf.set_font(FAMILY, style, size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(0, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(gap)


def verb(credential: Credential) -> str:
    return (
        _("has completed the learning path")
        if credential.kind == ContentKind.PATH
        else _("has completed the masterclass")
    )


def day(moment: datetime, *, short: bool = False) -> str:
    return date_format(localtime(moment), "SHORT_DATE_FORMAT" if short else "DATE_FORMAT")


def signatory() -> str:
    """Who signs, or nothing."""
    chosen = CertificateSettings.objects.filter(site__is_default_site=True).first()
    return chosen.signatory if chosen else ""
