import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** What of an order says who comes when and where. */
const VISIT_FIELDS = ["mailroom_booking_ids", "partner_shipping_id"];
/** Buttons that change a booking, and the one that is the answer itself. */
const VISIT_BUTTONS = ["action_mailroom_cancel"];
const SEND_BUTTON = "action_mailroom_booking_send";

/** The form of an order asks whether the customer is to hear of a changed booking. */
export class OrderFormController extends FormController {
    setup() {
        super.setup();
        this.bookingQuestion = useService("mailroom_booking_question");
        this.pressed = null;
    }

    /** @override */
    async beforeExecuteActionButton(clickParams) {
        this.pressed = clickParams.name;
        return super.beforeExecuteActionButton(...arguments);
    }

    /** @override */
    async onRecordSaved(record, changes) {
        await super.onRecordSaved(...arguments);
        const changed = VISIT_FIELDS.some((name) => name in changes);
        if (changed && this.pressed !== SEND_BUTTON) {
            this.askAboutBooking(record.resId);
        }
    }

    /** @override */
    async afterExecuteActionButton(clickParams) {
        this.pressed = null;
        await super.afterExecuteActionButton(...arguments);
        if (VISIT_BUTTONS.includes(clickParams.name)) {
            this.askAboutBooking(this.model.root.resId);
        }
    }

    /** Saving does not wait for the answer. */
    askAboutBooking(orderId) {
        this.bookingQuestion.ask(orderId, () => this.reloadOrder(orderId));
    }

    async reloadOrder(orderId) {
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
