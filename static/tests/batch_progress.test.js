import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {runAllTimers, waitFor} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {waitForChannels} from "@bus/../tests/bus_test_helpers";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Lot extends models.Model {
    state = fields.Char();
    version = fields.Char();
    progress = fields.Float();
    line_ids = fields.One2many({relation: "lot.line", relation_field: "lot_id"});
    line_count = fields.Integer();
    go_count = fields.Integer();
    look_count = fields.Integer();
    stuck_count = fields.Integer();
    out_count = fields.Integer();
    unchecked_count = fields.Integer();
    sent_count = fields.Integer();
    failed_count = fields.Integer();
    uncertain_count = fields.Integer();
    waiting_count = fields.Integer();
    skipped_count = fields.Integer();
    open_count = fields.Integer();

    _records = [{id: 1, state: "running", version: "1", sent_count: 1, line_ids: [5]}];
}

class LotLine extends models.Model {
    _name = "lot.line";

    recipients = fields.Char();
    lot_id = fields.Many2one({relation: "lot"});

    _records = [{id: 5, recipients: "old@kund.test", lot_id: 1}];
}

defineMailModels();
defineModels([Lot, LotLine]);
beforeEach(() => onRpc("has_group", () => true));

const TO = ".o_data_row td[name=recipients]";
const SENT = ".o_mailroom_batch_progress [data-count=sent]";

const mountLot = () =>
    mountView({
        type: "form",
        resModel: "lot",
        resId: 1,
        arch: `<form>
                   <field name="progress" widget="mailroom_batch_progress"/>
                   <div class="elsewhere">Elsewhere</div>
                   <field name="line_ids">
                       <list editable="bottom"><field name="recipients"/></list>
                   </field>
               </form>`,
    });

/** Let the queue say that two messages of the batch were sent. */
async function announceTwoSent(version = "2") {
    await waitForChannels(["mailroom.batch:1"]);
    MockServer.env.lot.write([1], {sent_count: 2, version});
    MockServer.env["bus.bus"]._sendone("mailroom.batch:1", "mailroom/batch_changed", {
        id: 1,
    });
    await animationFrame();
    await runAllTimers();
    await animationFrame();
}

test("what it shows already is not loaded again", async () => {
    await mountLot();
    onRpc("lot", "web_read", () => expect.step("loaded"));
    await announceTwoSent("1");
    expect.verifySteps([]);
    await announceTwoSent("2");
    expect.verifySteps(["loaded"]);
});

test("it follows the queue", async () => {
    await mountLot();
    expect(SENT).toHaveText(/1\s+sent/);
    await announceTwoSent();
    expect(SENT).toHaveText(/2\s+sent/);
});

test("after a failure it goes on with the next news", async () => {
    expect.errors(1);
    let broken = true;
    onRpc("lot", "read", () => {
        if (broken) {
            throw makeServerError();
        }
    });
    await mountLot();
    await announceTwoSent("2");
    expect(SENT).toHaveText(/1\s+sent/);
    broken = false;
    await contains(".o_error_dialog .modal-footer button").click();
    await announceTwoSent("3");
    expect(SENT).toHaveText(/2\s+sent/);
    expect.verifyErrors([/RPC_ERROR/]);
});

test("a line that was clicked stays open when news arrives", async () => {
    await mountLot();
    await contains(TO).click();
    expect(`${TO} input`).toHaveCount(1);
    await announceTwoSent();
    expect(`${TO} input`).toHaveCount(1);
    expect(SENT).toHaveText(/1\s+sent/);

    await contains(".elsewhere").click();
    await runAllTimers();
    await waitFor(`${SENT}:contains(2)`);
    expect(`${TO} input`).toHaveCount(0);
});
