import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Select everything in the list and choose "Send with Mailroom". */
const selectSteps = [
    {
        content: "select all invoices",
        trigger: ".o_list_view thead .o_list_record_selector input",
        run: "click",
    },
    {
        content: "open the actions",
        trigger: ".o_cp_action_menus button:contains(Actions)",
        run: "click",
    },
    {
        content: "send with Mailroom",
        trigger: ".o-dropdown--menu .o_menu_item:contains(Send with Mailroom)",
        run: "click",
    },
];

/** Change whether the first line that can go is sent. */
const tickSteps = (content, before, after) => [
    {
        content,
        trigger:
            ".tab-pane.active .o_data_row:has(.o_mailroom_light:contains(Ready)) " +
            "td[name=selected] input",
        run: "click",
    },
    {
        content: "it waits to be saved",
        trigger:
            ".o_form_dirty, .o_form_status_indicator:has(.o_form_button_save:visible)",
    },
    {
        content: `the numbers are those of what is saved: ${before}`,
        trigger: `button[name=mailroom_batch_send]:enabled:contains(Send ${before})`,
    },
    {
        content: "save",
        trigger: ".o_form_button_save",
        run: "click",
    },
    {
        content: "the numbers follow",
        trigger: `button[name=mailroom_batch_send]:contains(Send ${after})`,
    },
];

tours.add("mailroom_batch_send", {
    steps: () => [
        ...selectSteps,
        {
            content: "28 would go",
            trigger: ".o_mailroom_batch_progress [data-count=go]:contains(28)",
        },
        {
            content: "2 cannot",
            trigger: ".o_mailroom_batch_progress [data-count=stuck]:contains(2)",
        },
        {
            content: "the page says why, in words beside the colour",
            trigger:
                ".o_data_row:has(.o_mailroom_light:contains(Cannot go)) " +
                "td[name=words]:contains(has no email address)",
        },
        {
            content: "look only at those",
            trigger: ".nav-link[name=stuck]",
            run: "click",
        },
        {
            content: "they are two",
            trigger:
                ".tab-pane.active:has(.o_data_row:nth-child(2)):not(:has(.o_data_row:nth-child(3)))",
        },
        {
            content: "back to all of them",
            trigger: ".nav-link[name=all]",
            run: "click",
        },
        ...tickSteps("leave one out", 28, 27),
        ...tickSteps("take it in again", 27, 28),
        {
            content: "look at a message",
            trigger:
                ".o_data_row:has(.o_mailroom_light:contains(Ready)) button[name=action_preview]",
            run: "click",
        },
        {
            content: "it is shown as the customer will see it",
            trigger: ".modal iframe[sandbox=''][srcdoc*='Dear Customer']",
        },
        {
            content: "enough seen",
            trigger: ".modal footer button:contains(Close)",
            run: "click",
        },
        {
            content: "send",
            trigger:
                "body:not(:has(.modal)) button[name=mailroom_batch_send]:contains(Send 28)",
            run: "click",
        },
        {
            content: "the numbers are named once more",
            trigger: ".modal-body:contains(28 messages leave now. 2 cannot go)",
        },
        {
            content: "yes, send",
            trigger: ".modal-footer button:contains(Send 28)",
            run: "click",
        },
        {
            content: "it runs by itself from here",
            trigger: ".o_mailroom_batch_progress:contains(You may close this page)",
        },
        {
            content: "and can be stopped",
            trigger: "button[name=action_pause]",
        },
    ],
});

tours.add("mailroom_batch_retry", {
    steps: () => [
        {
            content: "27 were sent",
            trigger: ".o_mailroom_batch_progress [data-count=sent]:contains(27 sent)",
        },
        {
            content: "3 were not",
            trigger: ".o_mailroom_batch_progress [data-count=failed]:contains(3 not)",
        },
        {
            content: "look at these",
            trigger: ".nav-link[name=failed]",
            run: "click",
        },
        ...["has no email address", "is not an email address", "does not exist"].map(
            (reason) => ({
                content: `one of them because: ${reason}`,
                trigger: `.tab-pane.active td[name=words]:contains(${reason})`,
            })
        ),
        {
            content: "type the right address",
            trigger:
                ".tab-pane.active .o_data_row:has(td[name=words]:contains(has no email)) " +
                "td[name=recipients]",
            run: "click",
        },
        {
            content: "of the customer's office",
            trigger: ".tab-pane.active .o_selected_row td[name=recipients] input",
            run: "edit mended@kund.test",
        },
        {
            content: "save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "send this one alone",
            trigger:
                ".tab-pane.active .o_data_row:has(td[name=recipients]:contains(mended@kund.test)) " +
                "button[name=action_retry]",
            run: "click",
        },
        {
            content: "one is on its way, two are left as they were",
            trigger: ".o_mailroom_batch_progress [data-count=failed]:contains(2 not)",
        },
    ],
});
