import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** Tells whoever pressed Send, wherever he is, that his batch has finished. */
export const batchDoneService = {
    dependencies: ["action", "bus_service", "notification"],

    start(_env, {action, bus_service: bus, notification}) {
        bus.subscribe("mailroom/batch_done", ({id, name, summary}) => {
            const close = notification.add(summary, {
                title: name,
                type: "info",
                sticky: true,
                buttons: [
                    {
                        name: _t("Open"),
                        primary: true,
                        onClick: () => {
                            close();
                            action.doAction({
                                type: "ir.actions.act_window",
                                res_model: "mailroom.batch",
                                res_id: id,
                                views: [[false, "form"]],
                            });
                        },
                    },
                ],
            });
        });
    },
};

registry.category("services").add("mailroom_batch_done", batchDoneService);
