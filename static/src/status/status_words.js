import {_t} from "@web/core/l10n/translation";

/** Differences named in the line; the rest is counted. */
const NAMED_CHANGES = 4;

/** Worst first: what needs a person stands before what is done. */
const ORDER = [
    "failed",
    "bounced",
    "uncertain",
    "held",
    "deferred",
    "queued",
    "sending",
    "sent",
    "delivered",
    "cancelled",
];
const ARRIVED = ["sent", "delivered"];

const BADGES = {
    queued: "text-bg-info",
    held: "text-bg-warning",
    sent: "text-bg-success",
    partly: "text-bg-warning",
    uncertain: "text-bg-warning",
    failed: "text-bg-danger",
};

const ICONS = {
    failed: "fa-times-circle text-danger",
    bounced: "fa-times-circle text-danger",
    uncertain: "fa-question-circle text-warning",
    held: "fa-pause-circle text-warning",
    deferred: "fa-clock-o text-warning",
    queued: "fa-clock-o text-info",
    sending: "fa-clock-o text-info",
    sent: "fa-check-circle text-success",
    delivered: "fa-check-circle text-success",
    cancelled: "fa-ban text-muted",
};

/**
 * @param {String} state of the document
 * @returns {String} CSS class of its badge
 */
export function badgeClass(state) {
    return BADGES[state] || "text-bg-secondary";
}

/**
 * @param {String} state of a delivery
 * @returns {String} CSS classes of its icon
 */
export function iconClass(state) {
    return `fa ${ICONS[state] || "fa-circle-o text-muted"}`;
}

/**
 * @param {Object[]} deliveries
 * @returns {Object[]} the same, what needs a person first
 */
export function worstFirst(deliveries) {
    const rank = (delivery) => ORDER.indexOf(delivery.state);
    return [...deliveries].sort((a, b) => rank(a) - rank(b));
}

/**
 * How many of several recipients' servers took the message.
 *
 * @param {Object[]} deliveries
 * @returns {String} empty for a single recipient, who speaks for himself
 */
export function summary(deliveries) {
    const wanted = deliveries.filter(({state}) => state !== "cancelled");
    if (wanted.length < 2) {
        return "";
    }
    const accepted = wanted.filter(({state}) => ARRIVED.includes(state));
    return _t("%(accepted)s of %(total)s accepted", {
        accepted: accepted.length,
        total: wanted.length,
    });
}

/**
 * Which messages are always shown: the newest, and the newest that carries the document
 * (the one that "changed since sent" is about).
 *
 * @param {Object[]} messages newest first
 * @returns {{shown: Object[], earlier: Object[], current: Object|undefined}}
 */
export function splitMessages(messages) {
    const current = messages.find(
        ({purpose, deliveries}) =>
            purpose === "document" &&
            deliveries.some(({state}) => state !== "cancelled")
    );
    const shown = messages.filter(
        (message, index) => index === 0 || message === current
    );
    const earlier = messages.filter((message) => !shown.includes(message));
    return {shown, earlier, current};
}

function changeWords({label, old, new: now}) {
    const values = {label, old, now};
    if (!old) {
        return _t("%(label)s: added %(now)s", values);
    }
    return now
        ? _t("%(label)s: %(old)s → %(now)s", values)
        : _t("%(label)s: removed %(old)s", values);
}

/**
 * Name what the customer would see differently now.
 *
 * @param {{label: String, old: String|null, new: String|null}[]} changes
 * @returns {String}
 */
export function changesWords(changes) {
    const words = changes.slice(0, NAMED_CHANGES).map(changeWords).join("; ");
    const more = changes.length - NAMED_CHANGES;
    return more > 0
        ? _t("%(changes)s; and %(more)s more", {changes: words, more})
        : words;
}
