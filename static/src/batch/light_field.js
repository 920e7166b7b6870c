import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const LIGHTS = {green: "bg-success", amber: "bg-warning", red: "bg-danger"};
const RESULTS = {
    sent: "bg-success",
    queued: "bg-info",
    waiting: "bg-warning",
    uncertain: "bg-warning",
    failed: "bg-danger",
};

/** A coloured dot with its word beside it: nobody has to tell colours apart. */
export class LightField extends Component {
    static template = "mailroom.Light";
    static props = {...standardFieldProps, colors: Object};

    get value() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        const {selection} = this.props.record.fields[this.props.name];
        return selection.find(([key]) => key === this.value)?.[1] || "";
    }

    get color() {
        return this.props.colors[this.value] || "";
    }
}

function dots(displayName, colors) {
    return {
        component: LightField,
        displayName,
        supportedTypes: ["selection"],
        extractProps: () => ({colors}),
    };
}

const fields = registry.category("fields");
fields.add("mailroom_light", dots(_t("Traffic light"), LIGHTS));
fields.add("mailroom_result", dots(_t("Result with a dot"), RESULTS));
