import {Component, useState} from "@odoo/owl";
import {deserializeDate, deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {formatMonetary} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {badgeClass} from "../status/status_words";

const ADDRESSES = ["partner_invoice_id", "partner_shipping_id"];

/**
 * The customer on the order: who he is, what he bought, what is open, what was sent to
 * him. Fetched when the tab is opened.
 */
export class CustomerCard extends Component {
    static template = "mailroom.CustomerCard";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({data: null});
        this.badgeClass = badgeClass;
        useRecordObserver(({data, resId}) =>
            this.load([
                data.partner_id?.id || false,
                resId || false,
                data.company_id?.id || false,
                ADDRESSES.map((name) => data[name]?.id || false),
            ])
        );
    }

    /**
     * @param {Array} order partner, order, company and addresses, each an id or false
     */
    async load(order) {
        const key = JSON.stringify(order);
        if (key === this.key) {
            return;
        }
        this.key = key;
        const data = order[0]
            ? await this.orm.call("sale.order", "mailroom_get_customer", order)
            : {};
        if (key === this.key) {
            this.state.data = data;
        }
    }

    get record() {
        return this.props.record.data;
    }

    money(amount, currencyId) {
        return formatMonetary(amount, {currencyId});
    }

    day(text) {
        if (!text) {
            return "";
        }
        const read = text.length > 10 ? deserializeDateTime : deserializeDate;
        return formatDate(read(text));
    }

    name(field) {
        return this.record[field]?.display_name || "";
    }

    address(field) {
        return this.state.data.addresses[this.record[field]?.id] || "";
    }

    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("mailroom_customer", {
    component: CustomerCard,
    fieldDependencies: [
        {name: "partner_id", type: "many2one"},
        {name: "company_id", type: "many2one"},
        ...ADDRESSES.map((name) => ({name, type: "many2one"})),
        {name: "pricelist_id", type: "many2one"},
        {name: "payment_term_id", type: "many2one"},
    ],
});
