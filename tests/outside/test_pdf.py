"""T9 and T10: printing takes nobody hostage, and everybody gets his own PDF."""

import email
import email.policy
import io
import os
import random
import re
import time

import PyPDF2
from harness.printer import CRASH, HANG
from harness.scripts import For
from harness.tally import SEED

# 500 is the batch of the test plan.
BATCH = int(os.environ.get("MAILROOM_BATCH", "40"))
INVOICES = int(os.environ.get("MAILROOM_INVOICES", "60"))
# What printing may take here: a group of so many seconds, and so much per document.
GROUP_SECONDS, SECONDS_EACH = 8, 0.5


def test_five_bad_documents_hold_up_none_of_the_others(lab):
    addresses = [f"b{number:03}@kund.example" for number in range(BATCH)]
    notes = dict.fromkeys(addresses, "Thank you")
    crash, hang, gone, refused = (
        addresses[3],
        addresses[7],
        addresses[30],
        addresses[35],
    )
    notes |= {crash: f"Note {CRASH}", hang: f"Note {HANG}"}
    server = lab.serve(For({("rcpt", refused): "550 5.1.1 unknown"}))
    numbers = lab.nursery.call("jobs_pdf:seed_printed", notes=notes)
    lab.nursery.call("jobs_pdf:delete_order", number=numbers[gone])
    lab.nursery.call("jobs_pdf:post_to", text="nobody at home")
    lab.asked += [*addresses, "nobody at home"]

    began = time.monotonic()
    job = lab.nursery.start(
        "jobs_pdf:run_with_limit",
        seconds_each=SECONDS_EACH,
        group_seconds=GROUP_SECONDS,
    )
    job.result(600)
    seconds = time.monotonic() - began

    rows = {row.address: row for row in lab.rows.deliveries()}
    bad = {crash: "pdf", hang: "pdf", gone: "gone", refused: "mailbox_unknown"}
    assert {a: rows[a].reason for a in bad} == bad
    assert rows["nobody at home"].reason.startswith("address_")
    assert "too long" in rows[hang].reason_detail
    good = [address for address in addresses if address not in bad]
    assert {rows[address].state for address in good} == {"sent"}
    assert {rows[address].state for address in bad} == {"failed"}
    assert lab.reconcile().accepted == BATCH - 4
    assert_own_pdf(server, {a: [numbers[a]] for a in good}, r"S\d{5}")
    hostage = 2 * GROUP_SECONDS + 20 * SECONDS_EACH
    assert seconds < hostage + BATCH * 2


def test_everybody_gets_his_own_invoice(lab):
    server = lab.serve()
    pages = [1 + number % 3 for number in range(INVOICES)]
    random.Random(SEED).shuffle(pages)
    owners = lab.nursery.call("jobs_pdf:seed_invoices", pages=pages)
    lab.asked += owners
    lab.settle(workers=1, seconds=300)
    assert lab.reconcile().accepted == INVOICES
    lengths = assert_own_pdf(server, owners, r"INV/\d{4}/\d{5}|Q\d{3}X")
    assert set(lengths) == {1, 2, 3}


def assert_own_pdf(server, owners, pattern):
    """Read the PDF of each message: what its owner's says, and nobody else's.

    :param dict owners: address → words that must stand in his PDF
    :param str pattern: finds such words of anybody
    :return: how many pages each has
    """
    lengths = []
    for message in server.accepted:
        [address] = message.rcpt
        [pdf] = pdfs(message.data)
        reader = PyPDF2.PdfReader(io.BytesIO(pdf))
        text = "\n".join(page.extract_text() for page in reader.pages)
        words = {word for own in owners[address] for word in re.findall(pattern, own)}
        assert set(re.findall(pattern, text)) == words
        lengths.append(len(reader.pages))
    assert len(lengths) == len(owners)
    return lengths


def pdfs(data):
    """Return the PDFs that a message carries."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    return [
        part.get_payload(decode=True)
        for part in message.iter_attachments()
        if part.get_content_type() == "application/pdf"
    ]
