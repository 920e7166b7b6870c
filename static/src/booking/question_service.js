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
        async function run(method, orderId, options) {
            const next = await orm.call(MODEL, method, [[orderId]]);
            if (next) {
                await action.doAction(next, options);
            }
        }

        async function carryOut(answer, orderId, onDone) {
            if (answer === "send") {
                await run("mailroom_booking_send", orderId);
                onDone();
            } else if (answer === "look") {
                await run("action_mailroom_booking_send", orderId, {onClose: onDone});
            }
        }

        /**
         * @param {Number|false} orderId
         * @param {() => void} [onDone] called when something may have been sent
         * @returns {Promise<String|false>} send, look or no; false: nothing to ask
         */
        async function ask(orderId, onDone = () => {}) {
            const question =
                orderId &&
                (await orm.silent.call(MODEL, "mailroom_booking_question", [
                    [orderId],
                ]));
            if (!question) {
                return false;
            }
            let answer = "no";
            await new Promise((resolve) => {
                dialog.add(
                    BookingQuestionDialog,
                    {question, onAnswer: (given) => (answer = given)},
                    {onClose: resolve}
                );
            });
            await carryOut(answer, orderId, onDone);
            return answer;
        }

        return {ask};
    },
};

registry.category("services").add("mailroom_booking_question", bookingQuestionService);
