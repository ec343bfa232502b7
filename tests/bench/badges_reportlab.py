"""The peer of `turnout badges`: the same people on the same sheets with reportlab: names, organisation, place, category, code, QR code."""
import json
import sys

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

FONTS = "/usr/share/fonts/truetype/dejavu/"
pdfmetrics.registerFont(TTFont("Text", FONTS + "DejaVuSans.ttf"))
pdfmetrics.registerFont(TTFont("Bold", FONTS + "DejaVuSans-Bold.ttf"))


def badge(c, x, y, person):
    c.setFillColor(HexColor("#0a6b5e"))
    c.rect(x, y + 47 * mm, 85 * mm, 7 * mm, stroke=0, fill=1)
    c.setFillColor(HexColor("#ffffff"))
    c.setFont("Bold", 8)
    c.drawString(x + 3.4 * mm, y + 49.5 * mm, "Ярмарок співпраці громад")
    c.setFont("Text", 7)
    c.drawRightString(x + 81.6 * mm, y + 49.5 * mm, "14–15 травня 2026")
    c.setFillColor(HexColor("#14211d"))
    size = 18
    for word_line in person["name"].split():
        while pdfmetrics.stringWidth(word_line, "Bold", size) > 46 * mm:
            size -= 0.5
    for i, word_line in enumerate(person["name"].split()[:3]):
        c.setFont("Bold", size)
        c.drawString(x + 3.4 * mm, y + (38 - 7 * i) * mm, word_line)
    c.setFont("Bold", 8)
    c.drawString(x + 3.4 * mm, y + 17 * mm, person["organisation"] or "")
    c.setFont("Text", 7)
    c.drawString(x + 3.4 * mm, y + 13 * mm, (person["community"] or "") + " · " + (person["region"] or ""))
    c.setFillColor(HexColor("#0a6b5e"))
    c.roundRect(x + 3.4 * mm, y + 4 * mm, 22 * mm, 6 * mm, 3 * mm, stroke=0, fill=1)
    c.setFillColor(HexColor("#ffffff"))
    c.drawCentredString(x + 14.4 * mm, y + 6 * mm, (person["category"] or "").upper())
    widget = QrCodeWidget(person["code"], barLevel="M", barWidth=34 * mm, barHeight=34 * mm)
    drawing = Drawing(34 * mm, 34 * mm)
    drawing.add(widget)
    renderPDF.draw(drawing, c, x + 49 * mm, y + 8 * mm)


people = json.load(open(sys.argv[1], encoding="utf-8"))
c = canvas.Canvas(sys.argv[2], pagesize=A4)
for i, person in enumerate(people):
    slot = i % 10
    badge(c, (20 + 85 * (slot % 2)) * mm, (297 - 13.5 - 54 * (slot // 2 + 1)) * mm, person)
    if slot == 9:
        c.showPage()
c.save()
