import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** What of an order says who comes when and where, and who is to hear of it. */
const VISIT_FIELDS = [
    "mailroom_booking_ids",
    "mailroom_contact_id",
    "partner_shipping_id",
];
/** Buttons that cancel a visit, or all with the order; and the answer itself. */
const CANCEL_BUTTONS = ["action_mailroom_cancel", "action_cancel"];
const SEND_BUTTON = "action_mailroom_booking_send";

/** The form of an order asks whether the customer is to hear of a changed booking. */
export class OrderFormController extends FormController {
    setup() {
        super.setup();
        this.bookingQuestion = useService("mailroom_booking_question");
        this.ui = useService("ui");
        // The order to ask about once what the user is doing is done
        this.toAsk = false;
        this.isBusy = false;
    }

    /** @override */
    async onRecordSaved(record, changes) {
        await super.onRecordSaved(...arguments);
        if (VISIT_FIELDS.some((name) => name in changes)) {
            this.toAsk = record.resId;
            if (!this.isBusy) {
                // Saving does not wait for the answer
                this.askAboutBooking();
            }
        }
    }

    /** @override */
    async beforeExecuteActionButton() {
        this.isBusy = true;
        const canProceed = await super.beforeExecuteActionButton(...arguments);
        if (canProceed === false) {
            this.isBusy = false;
        }
        return canProceed;
    }

    /** @override */
    async afterExecuteActionButton({name}) {
        await super.afterExecuteActionButton(...arguments);
        this.isBusy = false;
        if (CANCEL_BUTTONS.includes(name)) {
            this.toAsk = this.model.root.resId;
        } else if (name === SEND_BUTTON || this.ui.activeElement !== document) {
            // The button has opened a dialog of its own: one at a time
            this.toAsk = false;
        }
        this.askAboutBooking();
    }

    /**
     * Whoever leaves is asked before, and stays if he wants to look first.
     *
     * @override
     */
    async beforeLeave() {
        this.isBusy = true;
        try {
            const canLeave = await super.beforeLeave(...arguments);
            if (canLeave === false) {
                return false;
            }
            return (await this.askAboutBooking()) === "look" ? false : canLeave;
        } finally {
            this.isBusy = false;
        }
    }

    /** @returns {Promise<String|false>} what he answered, false when nothing was asked */
    async askAboutBooking() {
        const orderId = this.toAsk;
        this.toAsk = false;
        return orderId && this.bookingQuestion.ask(orderId, () => this.reload(orderId));
    }

    async reload(orderId) {
        const {root} = this.model;
        if (root.resId === orderId && !root.dirty) {
            await root.load();
        }
    }
}

registry.category("views").add("mailroom_order_form", {
    ...formView,
    Controller: OrderFormController,
});
