import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const documents = {
    quotation: {button: "action_quotation_send", subject: "Offert S", file: "S"},
    order: {button: "action_quotation_send", subject: "Order S", file: "S"},
    invoice: {button: "action_invoice_sent", subject: "Faktura INV", file: "INV_"},
    credit_note: {
        button: "action_invoice_sent",
        subject: "Kreditfaktura RINV",
        file: "RINV_",
    },
};

/** Press Send on the document and read what the dialog proposes. */
function dialogSteps({button, subject, file}) {
    return [
        {
            content: "press Send on the document",
            trigger: `.o_statusbar_buttons button[name=${button}]`,
            run: "click",
        },
        {
            content: "the customer's contact is proposed",
            trigger:
                ".modal .o_data_row:has(.o_boolean_toggle input:checked) " +
                "td[name=email]:contains(@kund.test)",
        },
        {
            content: "the subject is in the customer's language",
            trigger: `.modal div[name=subject] input:value(/^${subject}/)`,
        },
        {
            content: "so is the text",
            trigger:
                ".modal div[name=body] .odoo-editor-editable:contains(Hej från oss)",
        },
        {
            content: "look at the files",
            trigger: ".modal .nav-link[name=files]",
            run: "click",
        },
        {
            content: "the PDF is named after the document",
            trigger:
                ".modal div[name=file_ids] .o_data_row:has(.o_boolean_toggle input:checked) " +
                `td[name=name]:contains(/^${file}.*\\d+\\.pdf$/)`,
        },
        {
            content: "look at the preview",
            trigger: ".modal .nav-link[name=preview]",
            run: "click",
        },
        {
            content: "the message is shown in a closed frame",
            trigger:
                ".modal iframe[sandbox=''][srcdoc*=\"default-src 'none'\"]" +
                "[srcdoc*='Hej från oss']",
        },
        {
            content: "see it as on a phone",
            trigger: ".modal div[name=preview] button[aria-pressed=false]",
            run: "click",
        },
        {
            content: "the frame is as narrow as a phone",
            trigger: ".modal iframe[style*='width: 360px']",
        },
    ];
}

function sendSteps() {
    return [
        {
            content: "send",
            trigger: ".modal footer button[name=action_send]:contains(/^Send$/)",
            run: "click",
        },
        {
            content: "the user is told that it is queued",
            trigger: ".o_notification:contains(is on its way)",
        },
        {
            content: "the document tells the same",
            trigger: ".o_mailroom_status .badge:contains(Queued)",
        },
        {
            content: "in plain words",
            trigger: ".o_mailroom_words:contains(Waiting to be sent)",
        },
        {
            content: "it can be taken back",
            trigger: ".o_mailroom_delivery button[name=cancel]",
        },
    ];
}

for (const [kind, names] of Object.entries(documents)) {
    tours.add(`mailroom_send_${kind}`, {
        steps: () => [...dialogSteps(names), ...sendSteps()],
    });
}
