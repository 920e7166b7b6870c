import {Component} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** The Send button of a batch: it names the numbers before anything leaves. */
export class BatchSend extends Component {
    static template = "mailroom.BatchSend";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
    }

    get data() {
        return this.props.record.data;
    }

    get isReady() {
        return this.data.state === "ready";
    }

    get isEmpty() {
        return !this.data.leave_count;
    }

    get label() {
        return _t("Send %s", this.data.leave_count);
    }

    get question() {
        const {leave_count, look_count, stuck_count, out_count} = this.data;
        const parts = [_t("%s messages leave now.", leave_count)];
        if (look_count) {
            parts.push(_t("%s of them need a look.", look_count));
        }
        if (stuck_count) {
            parts.push(_t("%s cannot go and will be listed as not sent.", stuck_count));
        }
        if (out_count) {
            parts.push(_t("%s are left out.", out_count));
        }
        return parts.join(" ");
    }

    async ask() {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("Send “%s”?", this.data.name),
            body: this.question,
            confirmLabel: this.label,
            cancelLabel: _t("Look again"),
            confirm: async () => {
                await this.orm.call(record.resModel, "action_send", [[record.resId]]);
                await record.load();
            },
            cancel: () => {},
        });
    }
}

registry.category("view_widgets").add("mailroom_batch_send", {
    component: BatchSend,
    fieldDependencies: [
        {name: "name", type: "char"},
        {name: "state", type: "selection"},
        {name: "leave_count", type: "integer"},
        {name: "look_count", type: "integer"},
        {name: "stuck_count", type: "integer"},
        {name: "out_count", type: "integer"},
    ],
});
