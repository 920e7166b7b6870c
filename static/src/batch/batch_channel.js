import {useEffect} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/** A running batch says something several times a second: a screen needs less. */
const CALM_MS = 700;

/**
 * Listen, while the component is mounted, to what happens to one batch.
 *
 * @param {() => Number|false} getId id of the batch on the screen
 * @param {() => Promise<Boolean>} onChanged called at once, then at most once per pause;
 *      says whether it could show the news, else it is called again
 */
export function useBatchChannel(getId, onChanged) {
    const bus = useService("bus_service");
    useEffect(
        (id) => {
            if (!id) {
                return;
            }
            let timer = null;
            let busy = false;
            let again = false;
            let over = false;
            const run = async () => {
                busy = true;
                again = false;
                try {
                    again = (await onChanged()) === false || again;
                } finally {
                    // What failed is not asked again by itself, but the next news is.
                    timer = setTimeout(rest, CALM_MS);
                }
            };
            const rest = () => {
                busy = false;
                if (again && !over) {
                    run();
                }
            };
            const listen = (payload) => {
                if (payload.id !== id) {
                    return;
                }
                again = true;
                if (!busy) {
                    run();
                }
            };
            const channel = `mailroom.batch:${id}`;
            bus.subscribe("mailroom/batch_changed", listen);
            bus.addChannel(channel);
            return () => {
                over = true;
                clearTimeout(timer);
                bus.unsubscribe("mailroom/batch_changed", listen);
                bus.deleteChannel(channel);
            };
        },
        () => [getId()]
    );
}
