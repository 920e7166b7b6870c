import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus} from "@web/core/utils/hooks";
import {changesWords} from "../status/status_words";

/**
 * "Send Anna Ek a booking confirmation?" Closing it in any way but by its buttons is a
 * no: the order keeps its red line.
 */
export class BookingQuestionDialog extends Component {
    static template = "mailroom.BookingQuestionDialog";
    static components = {Dialog};
    static props = {
        question: Object,
        onSend: Function,
        onLook: Function,
        close: Function,
    };

    setup() {
        this.state = useState({busy: false});
        useAutofocus({refName: "first"});
    }

    get lines() {
        return changesWords(this.props.question.lines);
    }

    async choose(act) {
        this.state.busy = true;
        try {
            await act();
        } finally {
            this.props.close();
        }
    }
}
