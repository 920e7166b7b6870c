import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from .protocol_common import ProtocolCommon, png


class TestProtocolLock(ProtocolCommon):
    """What is done is locked; a correction is a new revision."""

    def setUp(self):
        super().setUp()
        self.protocol = self.create_protocol(
            check_ids=[self.check_values()],
            picture_ids=[Command.create({"name": "Before", "image": png()})],
        )

    def test_what_is_not_ok_needs_a_remark(self):
        for result in ("remark", "not_ok"):
            self.protocol.check_ids.write({"result": result, "remark": " "})
            with self.subTest(result), self.assertRaises(ValidationError) as caught:
                self.protocol.action_done()
            self.assertIn("Pressure", str(caught.exception))
            self.protocol.invalidate_recordset()
        self.protocol.check_ids.remark = "Too low"
        self.protocol.action_done()
        self.assertEqual(self.protocol.state, "done")

    def test_what_is_done_is_locked_with_all_its_lines(self):
        self.protocol.action_done()
        protocol = self.protocol
        for change in (
            lambda: protocol.write({"work_done": "<p>Nothing</p>"}),
            lambda: protocol.write({"visit_start": "2026-10-01 07:00:00"}),
            lambda: protocol.write({"check_ids": [Command.clear()]}),
            lambda: protocol.check_ids.write({"result": "remark"}),
            lambda: protocol.check_ids.unlink(),
            lambda: protocol.material_ids.write({"quantity": 99}),
            lambda: protocol.picture_ids.unlink(),
            lambda: protocol.env["mailroom.protocol.material"].create(
                {"protocol_id": protocol.id, "name": "Gold"}
            ),
            lambda: protocol.unlink(),
        ):
            with self.assertRaises(UserError) as caught:
                change()
            self.assertIn(f"{protocol.name} is done", str(caught.exception))
        protocol.message_post(body="Called the customer")

    # === SIGNED === #

    def test_what_is_changed_after_the_customer_signed_is_not_signed(self):
        protocol = self.protocol
        for change in (
            lambda: protocol.write({"work_done": "<p>Nothing</p>"}),
            lambda: protocol.check_ids.write({"remark": "Too low"}),
            lambda: protocol.write({"check_ids": [self.check_values("Noise")]}),
            lambda: protocol.picture_ids.unlink(),
        ):
            protocol.write({"signature": png(), "signed_by": "Bo Dahl"})
            change()
            self.assertFalse(protocol.signature or protocol.signed_on)
            self.assertIn("after Bo Dahl had signed", protocol.message_ids[0].body)

    def test_what_is_saved_together_with_the_signature_is_signed(self):
        self.protocol.write(
            {
                "work_done": "<p>Cleaned</p>",
                "check_ids": [self.check_values("Noise")],
                "signature": png(),
                "signed_by": "Bo Dahl",
            }
        )
        self.assertTrue(self.protocol.signature)
        self.protocol.action_done()
        self.assertTrue(self.protocol.signature and self.protocol.signed_on)

    def test_a_signature_has_a_name(self):
        with self.assertRaisesRegex(ValidationError, "name of who has signed"):
            self.protocol.write({"signature": png(), "signed_by": " "})

    # === LOCKED === #

    def test_the_state_is_not_written_by_hand(self):
        model = self.protocol.env["mailroom.protocol"]
        with self.assertRaises(AccessError):
            self.protocol.state = "done"
        with self.assertRaises(AccessError):
            model.create({"partner_id": self.customer.id, "state": "done"})
        with self.assertRaises(AccessError):
            self.protocol.number = "SP99999"
        self.protocol.action_done()
        with self.assertRaises(AccessError):
            self.protocol.state = "draft"

    def test_a_late_signature_is_taken_once(self):
        self.protocol.action_done()
        self.protocol.write({"signature": png(), "signed_by": "Bo Dahl"})
        self.assertTrue(self.protocol.signed_on)
        with self.assertRaises(UserError):
            self.protocol.write({"signature": png("blue")})
        with self.assertRaises(UserError):
            self.protocol.signed_by = "Somebody else"

    def test_a_correction_is_a_new_revision(self):
        self.protocol.write({"signature": png(), "signed_by": "Bo Dahl"})
        self.protocol.action_done()
        action = self.protocol.action_correct()
        correction = self.protocol.browse(action["res_id"])
        self.assertEqual(correction.name, f"{self.protocol.name}-2")
        self.assertEqual(correction.previous_id, self.protocol)
        self.assertEqual(correction.state, "draft")
        self.assertEqual(self.protocol.state, "superseded")
        self.assertEqual(correction.check_ids.mapped("name"), ["Pressure"])
        self.assertEqual(correction.material_ids.mapped("quantity"), [2])
        self.assertEqual(correction.picture_ids.image, self.protocol.picture_ids.image)
        self.assertFalse(correction.signature, "the customer signs what it says now")
        correction.work_done = "<p>Changed the filter</p>"
        correction.action_done()
        self.assertIn("Cleaned", self.protocol.work_done)
        with self.assertRaises(UserError):
            self.protocol.action_correct()

    def test_a_correction_that_was_given_up(self):
        self.protocol.action_done()
        correction = self.protocol.browse(self.protocol.action_correct()["res_id"])
        correction.unlink()
        self.assertEqual(self.protocol.state, "done")
        self.assertTrue(self.protocol.action_correct())

    def test_a_copy_is_a_protocol_of_its_own(self):
        self.protocol.action_done()
        copy = self.protocol.copy()
        self.assertNotEqual(copy.number, self.protocol.number)
        self.assertEqual((copy.revision, copy.state), (1, "draft"))
        self.assertFalse(copy.signature)

    def test_pictures_are_printable(self):
        pictures = self.protocol.env["mailroom.protocol.picture"]
        svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
        for wrong in (svg, base64.b64encode(b"hello").decode()):
            values = {"protocol_id": self.protocol.id, "name": "x", "image": wrong}
            with self.assertRaises(UserError) as caught:
                pictures.create(values)
            self.assertIn("no picture that can be printed", str(caught.exception))

    def picture(self, image_format, **options):
        """Store a wide picture as a phone takes it; return what is kept of it."""
        stream = io.BytesIO()
        Image.new("RGB", (60, 20), "red").save(stream, image_format, **options)
        pictures = self.protocol.env["mailroom.protocol.picture"]
        stored = pictures.create(
            {
                "protocol_id": self.protocol.id,
                "name": "x",
                "image": base64.b64encode(stream.getvalue()).decode(),
            }
        )
        return Image.open(io.BytesIO(base64.b64decode(stored.image)))

    def test_a_picture_taken_upright_is_printed_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6
        kept = self.picture("JPEG", exif=exif)
        self.assertEqual((kept.size, kept.format), ((20, 60), "JPEG"))
        self.assertFalse(kept.getexif())

    def test_what_the_printer_cannot_read_is_turned_into_a_jpeg(self):
        for image_format in ("BMP", "TIFF"):
            with self.subTest(image_format):
                self.assertEqual(self.picture(image_format).format, "JPEG")
