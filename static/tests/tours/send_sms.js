import {registry} from "@web/core/registry";

const row = (name) => `.modal .o_data_row:has(td[name=name]:contains(${name}))`;

/** Text messages in the dialog: a landline is refused in words, a mobile is not. */
registry.category("web_tour.tours").add("mailroom_send_sms", {
    steps: () => [
        {
            content: "write to the customer",
            trigger: ".o_statusbar_buttons button[name=action_mailroom_message]",
            run: "click",
        },
        {
            content: "choose SMS for somebody who has a landline only",
            trigger: `${row("Kund Fastigheter")} td[name=sms] .o_boolean_toggle input`,
            run: "click",
        },
        {
            content: "the dialog says why that cannot be",
            trigger: ".modal .alert-danger:contains(040-12 34 56):contains(landline)",
        },
        {
            content: "take it back",
            trigger: `${row("Kund Fastigheter")} td[name=sms] .o_boolean_toggle input`,
            run: "click",
        },
        {
            content: "nothing is wrong any more",
            trigger: ".modal:not(:has(.alert-danger))",
        },
        {
            content: "choose somebody with a mobile",
            trigger: `${row("Anna Ek")} td[name=sms] .o_boolean_toggle input`,
            run: "click",
        },
        {
            content: "look at the text message",
            trigger: ".modal .nav-link[name=sms]",
            run: "click",
        },
        {
            content: "write it",
            trigger: ".modal div[name=sms_text] textarea",
            run: "edit We are on our way",
        },
        {
            content: "its length is told",
            trigger: ".modal div[name=sms_length]:contains(GSM-7)",
        },
        {
            content: "send",
            trigger: ".modal footer button[name=action_send]:contains(/^Send$/)",
            run: "click",
        },
        {
            content: "the user is told to which number",
            trigger: ".o_notification:contains(+46705123456)",
        },
    ],
});
