import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("mailroom_document_accepted", {
    steps: () => [
        {
            content: "the badge says that it was sent",
            trigger: ".o_mailroom_status .badge.text-bg-success:contains(Sent)",
        },
        {
            content: "the mail server has accepted it",
            trigger:
                ".o_mailroom_delivery[data-state=sent] " +
                ".o_mailroom_words:contains(Accepted by the mail server)",
        },
        {
            content: "there is nothing left to do",
            trigger: ".o_mailroom_delivery:not(:has(button))",
        },
    ],
});

tours.add("mailroom_document_retry", {
    steps: () => [
        {
            content: "the document says why it was not sent",
            trigger:
                ".o_mailroom_delivery[data-state=failed] " +
                ".o_mailroom_words:contains(the address does not exist)",
        },
        {
            content: "send it again",
            trigger: ".o_mailroom_delivery[data-state=failed] button[name=retry]",
            run: "click",
        },
        {
            content: "it waits again",
            trigger: ".o_mailroom_delivery[data-state=queued]",
        },
        {
            content: "take it back after all",
            trigger: ".o_mailroom_delivery[data-state=queued] button[name=cancel]",
            run: "click",
        },
        {
            content: "say so once more",
            trigger: ".modal:contains(will not be sent) footer .btn-primary",
            run: "click",
        },
        {
            content: "it is cancelled",
            trigger: ".o_mailroom_delivery[data-state=cancelled]:contains(Cancelled)",
        },
    ],
});

tours.add("mailroom_document_changed", {
    steps: () => [
        {
            content: "what was sent is what the document says",
            trigger: ".o_mailroom_message:not(.alert-danger):contains(Sent)",
        },
        {
            content: "change the price",
            trigger: ".o_field_widget[name=order_line] td[name=price_unit]",
            run: "click",
        },
        {
            trigger: ".o_selected_row div[name=price_unit] input",
            run: "edit 1200",
        },
        {
            content: "save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "the line turns red and names the total",
            trigger:
                ".o_mailroom_message.alert-danger " +
                ".o_mailroom_changes:contains(/Total: .*2,500.00.* → .*3,000.00/)",
        },
        {
            content: "send the new version",
            trigger: ".o_mailroom_send_new",
            run: "click",
        },
        {
            content: "the dialog knows about the first one",
            trigger: ".modal .alert-warning:contains(It has changed since)",
        },
        {
            content: "not now",
            trigger: ".modal footer .btn-secondary:contains(Discard)",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});
