import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("mailroom_change_stage", {
    steps: () => [
        {
            content: "select all orders",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "open the actions",
            trigger: ".o_cp_action_menus button:contains(Actions)",
            run: "click",
        },
        {
            content: "change their stage",
            trigger: ".o-dropdown--menu .o_menu_item:contains(Change Stage)",
            run: "click",
        },
        {
            content: "look for the stage",
            trigger: ".modal div[name=stage_id] input",
            run: "edit Delivered",
        },
        {
            content: "choose it",
            trigger: ".ui-autocomplete .dropdown-item:contains(/^Delivered$/)",
            run: "click",
        },
        {
            content: "it says how many messages leave",
            trigger: ".modal div[name=summary]:contains(20 messages leave.)",
        },
        {
            content: "and to whom",
            trigger:
                ".modal .o_data_row:has(td[name=outcome]:contains(Message)) " +
                "td[name=whom]:contains(anna@kund.test)",
        },
        {
            content: "yes",
            trigger: ".modal footer button[name=action_change]",
            run: "click",
        },
        {
            content: "it says what happened",
            trigger: ".o_notification:contains(20 messages leave.)",
        },
    ],
});

tours.add("mailroom_stage_asks", {
    steps: () => [
        {
            content: "move the order",
            trigger:
                "div[name=mailroom_stage_id] .o_arrow_button:contains(/^Delivered$/):visible",
            run: "click",
        },
        {
            content: "a question comes, and says who would get it",
            trigger: ".modal div[name=whom]:contains(anna@kund.test)",
        },
        {
            content: "look at it first",
            trigger: ".modal footer button[name=action_look]",
            run: "click",
        },
        {
            content: "the dialog has the stage's text",
            trigger: ".modal div[name=subject] input:value(/: Delivered$/)",
        },
        {
            content: "send it",
            trigger: ".modal footer button[name=action_send]",
            run: "click",
        },
        {
            content: "it is on its way",
            trigger: ".o_mailroom_delivery[data-state=queued]:contains(anna@kund.test)",
        },
        {
            content: "nothing is asked any more",
            trigger: ".o_form_view:not(:has(.o_mailroom_question))",
        },
    ],
});

tours.add("mailroom_stage_kanban_asks", {
    steps: () => [
        {
            content: "all stages are columns",
            trigger: ".o_kanban_group:contains(Unresolved)",
        },
        {
            content: "drag the order on",
            trigger: ".o_kanban_group:contains(Received) .o_kanban_record",
            run: "drag_and_drop (.o_kanban_group:has(.o_column_title:contains(Delivered)))",
        },
        {
            content: "a question comes",
            trigger: ".modal div[name=whom]:contains(anna@kund.test)",
        },
        {
            content: "no",
            trigger: ".modal footer button[name=action_no]",
            run: "click",
        },
        {
            content: "the order is there",
            trigger:
                ".o_kanban_group:contains(Delivered) .o_kanban_record:contains(Anna Ek)",
        },
    ],
});

tours.add("mailroom_stage_waits", {
    steps: () => [
        {
            content: "move the order",
            trigger:
                "div[name=mailroom_stage_id] .o_arrow_button:contains(/^Delivered$/):visible",
            run: "click",
        },
        {
            content: "the message waits, and says until when and which rule made it",
            trigger:
                ".o_mailroom_message:contains(by rule “Delivered”) " +
                ".o_mailroom_words:contains(Leaves at)",
        },
        {
            content: "stop it",
            trigger: ".o_mailroom_delivery[data-state=held] button[name=cancel]",
            run: "click",
        },
        {
            content: "yes, stop it",
            trigger: ".modal footer button:contains(Cancel the message)",
            run: "click",
        },
        {
            content: "it was stopped",
            trigger: ".o_mailroom_delivery[data-state=cancelled]",
        },
    ],
});

tours.add("mailroom_invoice_posted_asks", {
    steps: () => [
        {
            content: "post the invoice",
            trigger: ".o_statusbar_buttons button[name=action_post]:visible",
            run: "click",
        },
        {
            content: "a question comes",
            trigger: ".modal div[name=whom]:contains(ledger@kund.test)",
        },
        {
            content: "send it",
            trigger: ".modal footer button[name=action_send]",
            run: "click",
        },
        {
            content: "it is on its way",
            trigger:
                ".o_mailroom_delivery[data-state=queued]:contains(ledger@kund.test)",
        },
    ],
});

tours.add("mailroom_leaving_stopped", {
    steps: () => [
        {
            content: "it says how many leave and when",
            trigger:
                ".o_mailroom_leaving:contains(3 messages leave by themselves, the first in 5 minutes)",
        },
        {
            content: "stop them all",
            trigger: ".o_mailroom_leaving button[name=stop_all]",
            run: "click",
        },
        {
            content: "yes",
            trigger: ".modal footer button:contains(Stop them)",
            run: "click",
        },
        {
            content: "nothing is about to leave",
            trigger: ".o_view_nocontent:contains(Nothing is about to leave)",
        },
    ],
});
