import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {safeHtml} from "./safe_html";

/** A mail as its recipient will see it, in a frame without scripts or network. */
export class MailroomPreview extends Component {
    static template = "mailroom.Preview";
    static props = {...standardFieldProps};

    setup() {
        this.state = useState({width: 640});
    }

    get widths() {
        return [
            {pixels: 640, label: _t("Desktop"), icon: "fa fa-desktop"},
            {pixels: 360, label: _t("Phone"), icon: "fa fa-mobile"},
        ];
    }

    get page() {
        return safeHtml(this.props.record.data[this.props.name]);
    }

    get frameStyle() {
        return `width: ${this.state.width}px; height: 60vh; min-height: 420px;`;
    }
}

export const mailroomPreview = {
    component: MailroomPreview,
    displayName: _t("Preview of a mail"),
    supportedTypes: ["text", "html"],
};

registry.category("fields").add("mailroom_preview", mailroomPreview);
