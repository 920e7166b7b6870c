"""Invoices to be sent together, the same with and without Mailroom."""

import base64
import io

from reportlab.pdfgen.canvas import Canvas

from harness.jobs_measure import ADMIN


def make_invoices(env, count, printed):
    """Post invoices for as many customers.

    :param bool printed: each has its PDF already
    :return: ids
    """
    env = env(user=ADMIN)
    partners = env["res.partner"].create(
        [
            {"name": f"Kund {number}", "email": f"i{number:05}@kund.example"}
            for number in range(count)
        ]
    )
    line = {"name": "Work", "price_unit": 10.0, "quantity": 1}
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_line_ids": [(0, 0, line)],
            }
            for partner in partners
        ]
    )
    moves.action_post()
    for move in moves if printed else ():
        move.invoice_pdf_report_file = base64.b64encode(_pdf(move.name))
    return moves.ids


def _pdf(text):
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(100, 700, text)
    canvas.save()
    return file.getvalue()
