import {AttendeeCalendarController} from "@calendar/views/attendee_calendar/attendee_calendar_controller";
import {AttendeeCalendarModel} from "@calendar/views/attendee_calendar/attendee_calendar_model";
import {CalendarFormController} from "@calendar/views/calendar_form/calendar_form_controller";
import {CalendarFormView} from "@calendar/views/calendar_form/calendar_form_view";
import {attendeeCalendarView} from "@calendar/views/attendee_calendar/attendee_calendar_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** What of an event tells who comes when and where. */
const VISIT_FIELDS = [
    "active",
    "allday",
    "duration",
    "location",
    "mailroom_order_id",
    "mailroom_visit_state",
    "partner_ids",
    "start",
    "start_date",
    "stop",
    "stop_date",
];

/** Dragging, stretching and deleting a booking in the calendar asks, too. */
export class BookingCalendarModel extends AttendeeCalendarModel {
    static services = [...AttendeeCalendarModel.services, "mailroom_booking_question"];

    setup(params, services) {
        super.setup(...arguments);
        this.bookingQuestion = services.mailroom_booking_question;
    }

    /** @override */
    async updateRecord(record) {
        const orderId = this.orderOf(record.id);
        await super.updateRecord(...arguments);
        this.bookingQuestion.ask(orderId);
    }

    /** @override */
    async unlinkRecord(recordId) {
        const orderId = this.orderOf(recordId);
        await super.unlinkRecord(...arguments);
        this.bookingQuestion.ask(orderId);
    }

    /** @override */
    async _archiveRecord(recordId) {
        const orderId = this.orderOf(recordId);
        await super._archiveRecord(...arguments);
        this.bookingQuestion.ask(orderId);
    }

    orderOf(eventId) {
        const events = Object.values(this.records);
        const event = events.find(({id}) => id === eventId);
        return event?.rawRecord.mailroom_order_id?.[0] || false;
    }
}

export class BookingCalendarController extends AttendeeCalendarController {
    /** @override */
    getQuickCreateFormViewProps() {
        const props = super.getQuickCreateFormViewProps(...arguments);
        return {
            ...props,
            onRecordSaved: (record) => {
                props.onRecordSaved(record);
                this.model.bookingQuestion.ask(record.data.mailroom_order_id?.id);
            },
        };
    }
}

export class BookingFormController extends CalendarFormController {
    setup() {
        super.setup();
        this.bookingQuestion = useService("mailroom_booking_question");
    }

    /** @override */
    async onWillSaveRecord(record) {
        this.earlierOrderId = record._values.mailroom_order_id?.id;
        return super.onWillSaveRecord(...arguments);
    }

    /** @override */
    async onRecordSaved(record, changes) {
        await super.onRecordSaved(...arguments);
        if (VISIT_FIELDS.some((name) => name in changes)) {
            this.askAboutBoth(this.earlierOrderId, record.data.mailroom_order_id?.id);
        }
    }

    /** A visit given to another order: first the customer who no longer gets it. */
    async askAboutBoth(earlierId, orderId) {
        if (earlierId !== orderId) {
            await this.bookingQuestion.ask(earlierId);
        }
        await this.bookingQuestion.ask(orderId);
    }

    /** @override */
    async deleteRecord() {
        const orderId = this.model.root.data.mailroom_order_id?.id;
        await super.deleteRecord(...arguments);
        this.bookingQuestion.ask(orderId);
    }
}

registry.category("views").add("mailroom_booking_calendar", {
    ...attendeeCalendarView,
    Controller: BookingCalendarController,
    Model: BookingCalendarModel,
});
registry.category("views").add("mailroom_booking_form", {
    ...CalendarFormView,
    Controller: BookingFormController,
});
