import {BookingQuestionDialog} from "./question_dialog";
import {registry} from "@web/core/registry";

const MODEL = "sale.order";

/**
 * Asks, after a booking was added, moved or cancelled, whether the customer is to be
 * told. The server knows whether there is anything to tell and anybody to tell it to.
 */
export const bookingQuestionService = {
    dependencies: ["action", "dialog", "orm"],

    start(env, {action, dialog, orm}) {
        async function send(orderId, onDone) {
            const next = await orm.call(MODEL, "mailroom_booking_send", [[orderId]]);
            if (next) {
                await action.doAction(next);
            }
            onDone();
        }

        async function look(orderId, onDone) {
            const next = await orm.call(MODEL, "action_mailroom_booking_send", [
                [orderId],
            ]);
            if (next) {
                await action.doAction(next, {onClose: onDone});
            }
        }

        /**
         * @param {Number|false} orderId
         * @param {() => void} [onDone] called when something was sent
         */
        async function ask(orderId, onDone = () => {}) {
            if (!orderId) {
                return;
            }
            const question = await orm
                .silent.call(MODEL, "mailroom_booking_question", [[orderId]]);
            if (question) {
                dialog.add(BookingQuestionDialog, {
                    question,
                    onSend: () => send(orderId, onDone),
                    onLook: () => look(orderId, onDone),
                });
            }
        }

        return {ask};
    },
};

registry.category("services").add("mailroom_booking_question", bookingQuestionService);
