import {Component} from "@odoo/owl";
import {changesWords} from "../status/status_words";

/**
 * The line of an order that says what the customer knows of the visits, red as long as
 * he knows something else than what is booked.
 */
export class BookingLine extends Component {
    static template = "mailroom.BookingLine";
    static props = {
        booking: Object,
        maySend: Boolean,
        busy: Boolean,
        onSend: Function,
    };

    get isCancellation() {
        return this.props.booking.kind === "booking_cancellation";
    }

    get changes() {
        return changesWords(this.props.booking.differences);
    }
}
