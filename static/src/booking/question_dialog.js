import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {changesWords} from "../status/status_words";
import {useAutofocus} from "@web/core/utils/hooks";

/**
 * "Send Anna Ek a booking confirmation?" Closing it in any way but by its buttons is a
 * no: the order keeps its red line.
 */
export class BookingQuestionDialog extends Component {
    static template = "mailroom.BookingQuestionDialog";
    static components = {Dialog};
    static props = {
        question: Object,
        onAnswer: Function,
        close: Function,
    };

    setup() {
        useAutofocus({refName: "first"});
    }

    get lines() {
        return changesWords(this.props.question.lines);
    }

    answer(given) {
        this.props.onAnswer(given);
        this.props.close();
    }
}
