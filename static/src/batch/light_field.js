import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const COLORS = {
    green: "bg-success",
    amber: "bg-warning",
    red: "bg-danger",
    sent: "bg-success",
    queued: "bg-info",
    waiting: "bg-warning",
    uncertain: "bg-warning",
    failed: "bg-danger",
};

/** A coloured dot with its word beside it: nobody has to tell colours apart. */
export class LightField extends Component {
    static template = "mailroom.Light";
    static props = {...standardFieldProps};

    get value() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        const {selection} = this.props.record.fields[this.props.name];
        return selection.find(([key]) => key === this.value)?.[1] || "";
    }

    get color() {
        return COLORS[this.value] || "";
    }
}

registry.category("fields").add("mailroom_light", {
    component: LightField,
    displayName: _t("Traffic light"),
    supportedTypes: ["selection"],
});
