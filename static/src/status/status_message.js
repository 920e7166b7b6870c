import {Component, useState} from "@odoo/owl";
import {RelativeTime} from "@mail/core/common/relative_time";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {changesWords, iconClass, summary, worstFirst} from "./status_words";

/** Recipients shown before a person asks for all of them. */
const SHOWN_RECIPIENTS = 4;

/** One message: when, by whom, to whom, and what became of it for each recipient. */
export class StatusMessage extends Component {
    static template = "mailroom.StatusMessage";
    static components = {RelativeTime};
    static props = {
        message: Object,
        changes: {type: Array, optional: true},
        maySend: Boolean,
        busy: Boolean,
        onAct: Function,
        onSendNew: Function,
        slots: {type: Object, optional: true},
    };
    static defaultProps = {changes: []};

    setup() {
        this.state = useState({all: false});
        this.iconClass = iconClass;
    }

    get when() {
        return deserializeDateTime(this.props.message.when);
    }

    get whenExactly() {
        return formatDateTime(this.when);
    }

    get by() {
        const {by, rule} = this.props.message;
        if (rule) {
            return _t("by rule “%s”", rule);
        }
        return by ? _t("by %s", by) : _t("automatically");
    }

    get batchUrl() {
        return `/odoo/mailroom-batches/${this.props.message.batch.id}`;
    }

    get summary() {
        return summary(this.props.message.deliveries);
    }

    get changesWords() {
        return changesWords(this.props.changes);
    }

    get hidden() {
        return Math.max(this.props.message.deliveries.length - SHOWN_RECIPIENTS, 0);
    }

    get deliveries() {
        const sorted = worstFirst(this.props.message.deliveries);
        return this.state.all ? sorted : sorted.slice(0, SHOWN_RECIPIENTS);
    }

    get moreLabel() {
        return this.hidden === 1
            ? _t("1 more recipient")
            : _t("%s more recipients", this.hidden);
    }

    /**
     * @param {Object} delivery
     * @returns {{name: String, label: String, hint: String}[]} what may be done next
     */
    actions(delivery) {
        const labels = {
            arrived: _t("It arrived"),
            retry: _t("Send again"),
            cancel: _t("Cancel"),
        };
        const offered = this.props.maySend ? delivery.actions : [];
        return offered.map((name) => ({
            name,
            label: labels[name],
            hint: `${labels[name]}: ${delivery.address}`,
        }));
    }
}
