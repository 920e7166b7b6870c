import {useEffect} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";

/** Several messages of one document often become known in the same moment. */
const CALM_MS = 150;

/**
 * Listen, while the component is mounted, to what the outbox says about one document.
 *
 * @param {() => [String, Number|false]} getDocument model and id of the shown document
 * @param {() => void} onChanged called soon after something became known
 */
export function useDocumentChannel(getDocument, onChanged) {
    const bus = useService("bus_service");
    const changed = useDebounced(onChanged, CALM_MS);
    useEffect((model, id) => {
        if (!id) {
            return;
        }
        const channel = `mailroom.document:${model}:${id}`;
        const listen = (payload) => {
            if (payload.model === model && payload.id === id) {
                changed();
            }
        };
        bus.subscribe("mailroom/changed", listen);
        bus.addChannel(channel);
        return () => {
            bus.unsubscribe("mailroom/changed", listen);
            bus.deleteChannel(channel);
        };
    }, getDocument);
}
