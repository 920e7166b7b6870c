import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");
const ROW = ".o_field_widget[name=mailroom_booking_ids] .o_data_row";
const QUESTION = ".modal:has(.o_mailroom_booking_question)";
export const RED = ".o_mailroom_booking.alert-danger";

/** @returns {String} a morning some days ahead, as an American types it */
function morning(days) {
    const {DateTime} = luxon;
    const day = DateTime.now().plus({days}).set({hour: 7, minute: 0, second: 0});
    return day.toFormat("MM/dd/yyyy HH:mm:ss");
}

const openBooked = () => ({
    content: "look at the visits",
    trigger: ".o_notebook .nav-link[name=mailroom_booked]",
    run: "click",
});

/** Choose when the visit of the open row begins; its end follows. */
const startSteps = (days) => [
    {
        content: "go to the start",
        trigger: ".o_selected_row [name=start] [data-field=start]",
        run: "click",
    },
    {
        content: "type the start",
        trigger: ".o_selected_row [name=start] input[data-field=start]",
        run: `edit ${morning(days)} && press Tab`,
    },
];

export const save = () => ({
    content: "save the order",
    trigger: ".o_form_button_save:enabled",
    run: "click",
});

export const answer = (name, words) => ({
    content: `answer: ${name}`,
    trigger: `${QUESTION}:contains(${words}) footer button[name=${name}]`,
    run: "click",
});

const goToVisit = () => ({
    content: "go to the visit",
    trigger: `${ROW} td[name=start]`,
    run: "click",
});

const onItsWay = () => ({
    content: "the message is on its way",
    trigger: ".o_mailroom_delivery[data-state=queued]",
});

export const gone = () => ({
    content: "the question is gone",
    trigger: "body:not(:has(.o_mailroom_booking_question))",
});

tours.add("mailroom_booking_book", {
    steps: () => [
        openBooked(),
        {
            content: "book a visit",
            trigger: ".o_field_x2many_list_row_add a:contains(Add a visit)",
            run: "click",
        },
        {
            content: "choose the technician",
            trigger: ".o_selected_row [name=mailroom_technician_ids] input",
            run: "edit Kim",
        },
        {
            content: "there he is",
            trigger: ".o-autocomplete--dropdown-item:contains(Kim Ek)",
            run: "click",
        },
        ...startSteps(3),
        save(),
        answer("send", "Send Anna Ek a booking confirmation?"),
        gone(),
        onItsWay(),
        {
            content: "nothing is red",
            trigger: `body:not(:has(${RED}))`,
        },
    ],
});

tours.add("mailroom_booking_move", {
    steps: () => [
        openBooked(),
        goToVisit(),
        ...startSteps(4),
        save(),
        answer("no", "Send Anna Ek a booking confirmation?"),
        gone(),
        {
            content: "the order shows red, and what has changed",
            trigger: `${RED}:contains(Booking changed, not confirmed) .o_mailroom_changes:contains(7:00)`,
        },
        {
            content: "another change of the order does not ask again",
            trigger: ".o_notebook .nav-link[name=other_information]",
            run: "click",
        },
        {
            content: "type the customer's order number",
            trigger: "[name=client_order_ref] input",
            run: "edit PO-77",
        },
        ...stepUtils.saveForm(),
        gone(),
        {
            content: "send it after all",
            trigger: `${RED} .o_mailroom_send_booking`,
            run: "click",
        },
        {
            content: "the dialog has the text of the booking",
            trigger:
                ".modal:has(.modal-title:contains(Booking confirmation)) [name=subject] input:value(visit)",
        },
        {
            content: "the customer was told, and of something else",
            trigger: ".modal .alert-warning:contains(It has changed since)",
        },
        {
            content: "send: what is new is no repetition, and asks nothing",
            trigger: ".modal button[name=action_send]:contains(/^Send$/)",
            run: "click",
        },
        {
            content: "nothing is red any more",
            trigger: `body:not(:has(${RED})):not(:has(.modal))`,
        },
    ],
});

tours.add("mailroom_booking_cancel", {
    steps: () => [
        openBooked(),
        {
            content: "cancel the visit",
            trigger: `${ROW} button[name=action_mailroom_cancel]`,
            run: "click",
        },
        {
            content: "say so once more",
            trigger: ".modal:contains(Cancel this visit?) footer .btn-primary",
            run: "click",
        },
        {
            content: "the question speaks of a cancellation",
            trigger: `${QUESTION}:contains(the visit is cancelled)`,
        },
        {
            content: "Escape is a no",
            trigger: `${QUESTION} footer button[name=send]`,
            run: "press Escape",
        },
        gone(),
        {
            content: "it stays on the order, cancelled",
            trigger: `${ROW}:contains(Cancelled)`,
        },
        {
            content:
                "the customer does not know yet, and the button says what it sends",
            trigger: `${RED}:contains(Booking changed, not confirmed) .o_mailroom_send_booking:contains(Send cancellation)`,
        },
    ],
});

tours.add("mailroom_booking_cancel_order", {
    steps: () => [
        {
            content: "cancel the order",
            trigger: ".o_statusbar_buttons button[name=action_cancel]",
            run: "click",
        },
        {
            content: "say so once more",
            trigger: ".modal:contains(cancel this order) footer .btn-primary",
            run: "click",
        },
        answer("send", "the visit is cancelled"),
        gone(),
        onItsWay(),
    ],
});

tours.add("mailroom_booking_contact", {
    steps: () => [
        {
            content: "choose the contact",
            trigger: "[name=mailroom_contact_id] input",
            run: "edit Anna",
        },
        {
            content: "there she is",
            trigger: ".o-autocomplete--dropdown-item:contains(Anna Ek)",
            run: "click",
        },
        save(),
        answer("send", "Send Anna Ek a booking confirmation?"),
        gone(),
        onItsWay(),
    ],
});

tours.add("mailroom_booking_leave", {
    steps: () => [
        openBooked(),
        goToVisit(),
        ...startSteps(5),
        {
            content: "leave without saving",
            trigger: ".o_navbar_apps_menu button",
            run: "click",
        },
        {
            content: "go to the calendar",
            trigger: ".o_app[data-menu-xmlid='mail.menu_root_discuss']",
            run: "click",
        },
        answer("send", "Send Anna Ek a booking confirmation?"),
        {
            content: "the way is free",
            trigger: ".o-mail-Discuss",
        },
    ],
});

tours.add("mailroom_booking_answered", {
    steps: () => [
        {
            content: "the order says what the customer wants",
            trigger:
                ".o_mailroom_answer[data-state=asked]:contains(asks for another time):contains(After lunch)",
        },
        openBooked(),
        {
            content: "so does the visit",
            trigger: `${ROW}:contains(Customer asks for another time)`,
        },
    ],
});
