"""QR codes as pictures inside a page."""

import base64
from io import BytesIO

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage


def qr_data_uri(text: str) -> str:
    """An SVG of the QR code that says ``text``, with its quiet zone, as a data: address."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    picture = BytesIO()
    code.make_image(image_factory=SvgPathFillImage).save(picture)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode("ascii")
