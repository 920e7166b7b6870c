import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {waitFor} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {waitForChannels} from "@bus/../tests/bus_test_helpers";
import {
    contains,
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

/** @returns {Object} as `mailroom_get_status` gives it, with one recipient */
function makeStatus(state, label, words, actions = []) {
    const delivery = {id: 7, name: "Anna Ek", address: "anna@kund.test", role: "to"};
    return {
        state,
        label,
        may_send: true,
        changes: [],
        more: false,
        messages: [
            {
                id: 3,
                subject: "Order S1",
                purpose: "document",
                when: "2026-03-02 10:00:00",
                by: "Sara",
                deliveries: [{...delivery, state, words, actions}],
            },
        ],
    };
}

const queued = () => makeStatus("queued", "Queued", "Waiting to be sent", ["cancel"]);
const sent = () => makeStatus("sent", "Sent", "Accepted by the mail server");
const NOTHING = {...queued(), state: "not_sent", messages: []};

class Paper extends models.Model {
    name = fields.Char();
    mailroom_status = fields.Json();

    _records = [
        {id: 1, name: "first", mailroom_status: queued()},
        {id: 2, name: "second", mailroom_status: NOTHING},
    ];
}

defineMailModels();
defineModels([Paper]);
beforeEach(() => onRpc("has_group", () => true));

const mountPaper = (resId) =>
    mountView({
        type: "form",
        resModel: "paper",
        resId,
        resIds: [1, 2],
        arch: `<form><field name="mailroom_status" widget="mailroom_status"/>
                     <sheet><field name="name"/></sheet></form>`,
    });

/** Let the outbox say that the first paper was sent, and wait until the screen says so. */
async function announceSent() {
    await waitForChannels(["mailroom.document:paper:1"]);
    MockServer.env["bus.bus"]._sendone(
        "mailroom.document:paper:1",
        "mailroom/changed",
        {
            model: "paper",
            id: 1,
        }
    );
    await waitFor(".o_mailroom_status .badge:contains(Sent)", {timeout: 3000});
}

test("a document that was never sent shows nothing", async () => {
    await mountPaper(2);
    expect(".o_field_mailroom_status").toHaveText("");
});

test("it says to whom, by whom, what became of it and what can be done", async () => {
    await mountPaper(1);
    expect(".o_mailroom_status [aria-live=polite]").toHaveText("Queued");
    expect(".o_mailroom_message").toHaveText(/by Sara/);
    expect(".o_mailroom_delivery").toHaveText(/Anna Ek anna@kund.test/);
    expect(".o_mailroom_words").toHaveText("Waiting to be sent");
    expect(".o_mailroom_delivery button").toHaveText("Cancel");
});

test("a text message is told from a mail", async () => {
    const status = queued();
    const [mail] = status.messages[0].deliveries;
    const sms = {...mail, id: 8, address: "+46705123456", channel: "sms"};
    status.messages[0].deliveries.push(sms);
    Paper._records[0].mailroom_status = status;
    await mountPaper(1);
    const row = ".o_mailroom_delivery:has(i[aria-label=SMS])";
    expect(row).toHaveCount(1);
    expect(row).toHaveText(/\+46705123456/);
});

test("it follows the outbox without reloading", async () => {
    await mountPaper(1);
    MockServer.env.paper.write([1], {mailroom_status: sent()});
    await announceSent();
    expect(".o_mailroom_words").toHaveText("Accepted by the mail server");
});

test("what a person is typing stays when news arrives", async () => {
    onRpc("paper", "mailroom_get_status", () => sent());
    await mountPaper(1);
    await contains(".o_field_widget[name=name] input").edit("typed");
    await announceSent();
    expect(".o_field_widget[name=name] input").toHaveValue("typed");
});

test("so does what is typed but not yet left", async () => {
    await mountPaper(1);
    await contains(".o_field_widget[name=name] input").edit("typ", {confirm: false});
    MockServer.env.paper.write([1], {mailroom_status: sent()});
    await announceSent();
    expect(".o_field_widget[name=name] input").toHaveValue("typ");
});

test("another document in the pager has its own channel", async () => {
    await mountPaper(1);
    await waitForChannels(["mailroom.document:paper:1"]);
    await contains(".o_pager_next").click();
    await waitForChannels(["mailroom.document:paper:1"], {operation: "delete"});
    await waitForChannels(["mailroom.document:paper:2"]);
    expect(".o_mailroom_status").toHaveCount(0);
});

test("to cancel is asked about, and the answer shown", async () => {
    onRpc("paper", "mailroom_act", ({args}) => {
        expect.step(args);
        return makeStatus("cancelled", "Not sent", "Cancelled");
    });
    await mountPaper(1);
    await contains(".o_mailroom_delivery button").click();
    expect.verifySteps([]);
    await contains(".modal .btn-primary").click();
    expect.verifySteps([[[1], "cancel", 7]]);
    expect(".o_mailroom_words").toHaveText("Cancelled");
});

test("a changed document turns red and offers the new version", async () => {
    const changed = sent();
    changed.changes = [{label: "Total", old: "1,250.00", new: "1,400.00"}];
    Paper._records[0].mailroom_status = changed;
    await mountPaper(1);
    expect(".alert-danger .o_mailroom_changes").toHaveText(
        "Total: 1,250.00 → 1,400.00"
    );
    expect(".alert-danger .o_mailroom_send_new").toHaveText("Send the new version");
});

test("who may not send sees the truth, but no buttons", async () => {
    Paper._records[0].mailroom_status = {...queued(), may_send: false};
    await mountPaper(1);
    expect(".o_mailroom_words").toHaveText("Waiting to be sent");
    expect(".o_mailroom_status button").toHaveCount(0);
});

test("earlier messages open on demand", async () => {
    const status = sent();
    status.messages.push({...status.messages[0], id: 2});
    status.messages.push({...status.messages[0], id: 1});
    Paper._records[0].mailroom_status = status;
    await mountPaper(1);
    expect(".o_mailroom_message").toHaveCount(1);
    expect(".o_mailroom_earlier").toHaveText("2 earlier messages");
    expect(".o_mailroom_earlier").toHaveAttribute("aria-expanded", "false");
    await contains(".o_mailroom_earlier").click();
    expect(".o_mailroom_earlier").toHaveAttribute("aria-expanded", "true");
    expect(".o_mailroom_message").toHaveCount(3);
});

test("of many recipients the worst are shown, the others on demand", async () => {
    const status = sent();
    const [good] = status.messages[0].deliveries;
    const bad = {...good, id: 20, state: "failed", words: "Not sent"};
    const others = [8, 9, 10, 11].map((id) => ({...good, id}));
    status.messages[0].deliveries = [good, ...others, bad];
    Paper._records[0].mailroom_status = status;
    await mountPaper(1);
    expect(".o_mailroom_message").toHaveText(/5 of 6 accepted/);
    expect(".o_mailroom_delivery").toHaveCount(4);
    expect(".o_mailroom_delivery:first .o_mailroom_words").toHaveText("Not sent");
    await contains("button:contains(2 more recipients)").click();
    expect(".o_mailroom_delivery").toHaveCount(6);
});
