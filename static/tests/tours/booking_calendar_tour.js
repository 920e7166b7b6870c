import {registry} from "@web/core/registry";
import {RED, answer, gone, save} from "./booking_tour";

const tours = registry.category("web_tour.tours");

tours.add("mailroom_booking_calendar", {
    steps: () => [
        {
            content: "the event names its order",
            trigger: ".o_form_view [name=mailroom_order_id]",
        },
        {
            content: "the visit moves to another place",
            trigger: "[name=location] input",
            run: "edit Gate 7",
        },
        save(),
        answer("no", "Send Anna Ek a booking confirmation?"),
        gone(),
        {
            content: "go to the order",
            trigger: "button[name=action_mailroom_open_order]",
            run: "click",
        },
        {
            content: "it shows red",
            trigger: `${RED}:contains(Gate 7)`,
        },
    ],
});

tours.add("mailroom_booking_other_order", {
    steps: () => [
        {
            content: "the visit is for another order",
            trigger: "[name=mailroom_order_id] input",
            run: "edit OTHER-7",
        },
        {
            content: "there it is",
            trigger: ".o-autocomplete--dropdown-item:contains(OTHER-7)",
            run: "click",
        },
        save(),
        answer("send", "Tell Anna Ek that the visit is cancelled?"),
        answer("send", "Send Bo Dahl a booking confirmation?"),
        gone(),
    ],
});

tours.add("mailroom_booking_calendar_cancel", {
    steps: () => [
        {
            content: "look at the states of a visit",
            trigger: "[name=mailroom_visit_state] input",
            run: "click",
        },
        {
            content: "choose Cancelled",
            trigger: ".o_select_menu_item:contains(/^Cancelled$/)",
            run: "click",
        },
        save(),
        answer("send", "the visit is cancelled"),
        gone(),
        {
            content: "the message is on its way",
            trigger: ".o_notification:contains(queued)",
        },
    ],
});
