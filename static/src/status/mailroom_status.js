import {Component, useState} from "@odoo/owl";
import {BookingLine} from "../booking/booking_line";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useDocumentChannel} from "./document_channel";
import {StatusMessage} from "./status_message";
import {badgeClass, splitMessages} from "./status_words";

/**
 * The lines at the top of a document: its state, each message that went out about it,
 * what became of it, and what a person may do next. They follow the outbox live.
 */
export class MailroomStatus extends Component {
    static template = "mailroom.Status";
    static components = {BookingLine, StatusMessage};
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({status: null, expanded: false, busy: false});
        this.badgeClass = badgeClass;
        useRecordObserver((record, props) => {
            this.state.status = record.data[props.name] || null;
        });
        useDocumentChannel(
            () => [this.record.resModel, this.record.resId],
            () => this.refresh()
        );
    }

    get record() {
        return this.props.record;
    }

    get messages() {
        return splitMessages(this.state.status.messages);
    }

    get toggleLabel() {
        const {earlier} = this.messages;
        if (this.state.expanded) {
            return _t("Hide earlier messages");
        }
        return earlier.length === 1
            ? _t("1 earlier message")
            : _t("%s earlier messages", earlier.length);
    }

    /**
     * @param {Object} message
     * @returns {Object[]} what changed since this message, if it is the one in force
     */
    changes(message) {
        return message === this.messages.current ? this.state.status.changes : [];
    }

    /**
     * @param {Object} message
     * @returns {{state: String, label: String}|undefined} what became of the visits,
     *     or of the document, beside the newest message about them
     */
    badge(message) {
        const {booking} = this.state.status;
        const aboutVisits = message.purpose === "booking";
        const newest = this.messages.shown.find(
            ({purpose}) => (purpose === "booking") === aboutVisits
        );
        if (message === newest) {
            return aboutVisits ? booking : this.state.status;
        }
    }

    call(method, ...args) {
        const {resModel, resId} = this.record;
        return this.orm.call(resModel, method, [[resId], ...args]);
    }

    /** Show what the outbox knows now; what a person is typing stays untouched. */
    async refresh() {
        if (this.record.dirty) {
            this.state.status = await this.call("mailroom_get_status");
        } else {
            await this.record.load();
        }
    }

    // Actions

    act(name, delivery) {
        const question = this.question(name, delivery);
        if (!question) {
            return this.doAct(name, delivery);
        }
        this.dialog.add(ConfirmationDialog, {
            ...question,
            confirm: () => this.doAct(name, delivery),
            cancel: () => {},
        });
    }

    question(name, {state, address}) {
        if (name === "cancel") {
            return {
                title: _t("Cancel this message?"),
                body: _t("The message to %s will not be sent.", address),
                confirmLabel: _t("Cancel the message"),
                cancelLabel: _t("Keep it"),
            };
        }
        if (name === "retry" && state === "uncertain") {
            return {
                title: _t("Send it again?"),
                body: _t("The customer may get it twice."),
                confirmLabel: _t("Send again"),
                cancelLabel: _t("Discard"),
            };
        }
        return null;
    }

    async doAct(name, delivery) {
        await this.whileBusy(async () => {
            this.state.status = await this.call("mailroom_act", name, delivery.id);
        });
    }

    sendNew() {
        return this.openDialog("action_mailroom_send");
    }

    sendBooking() {
        return this.openDialog("action_mailroom_booking_send");
    }

    async openDialog(method) {
        await this.whileBusy(async () => {
            if (!(await this.record.save())) {
                return;
            }
            const action = await this.call(method);
            if (action) {
                await this.action.doAction(action, {onClose: () => this.refresh()});
            }
        });
    }

    async whileBusy(work) {
        this.state.busy = true;
        try {
            await work();
        } finally {
            this.state.busy = false;
        }
    }
}

export const mailroomStatus = {
    component: MailroomStatus,
    displayName: _t("What became of the messages"),
    supportedTypes: ["json"],
};

registry.category("fields").add("mailroom_status", mailroomStatus);
