import {Component, onWillStart, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {OutboxListRenderer} from "../outbox/outbox_list";
import {_t} from "@web/core/l10n/translation";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Says how many messages are about to leave by themselves, and stops them all. */
export class LeavingNotice extends Component {
    static template = "mailroom.LeavingNotice";
    static props = {onStopped: Function};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.leaving = useState({count: 0, minutes: 0});
        onWillStart(() => this.load());
    }

    get words() {
        const {count, minutes} = this.leaving;
        const values = {count, minutes};
        if (count === 1) {
            return minutes
                ? _t("1 message leaves in %(minutes)s minutes.", values)
                : _t("1 message leaves now.");
        }
        return minutes
            ? _t(
                  "%(count)s messages leave by themselves, the first in %(minutes)s minutes.",
                  values
              )
            : _t("%(count)s messages leave by themselves, the first now.", values);
    }

    async load() {
        const {count, minutes} = await this.orm.call(
            "mailroom.delivery",
            "get_leaving",
            []
        );
        Object.assign(this.leaving, {count, minutes});
    }

    stop() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Stop them all?"),
            body: _t("None of these messages will be sent."),
            confirmLabel: _t("Stop them"),
            cancelLabel: _t("Let them leave"),
            confirm: async () => {
                await this.orm.call("mailroom.delivery", "stop_leaving", []);
                await this.load();
                await this.props.onStopped();
            },
            cancel: () => true,
        });
    }
}

export class LeavingListRenderer extends OutboxListRenderer {
    static template = "mailroom.LeavingListRenderer";
    static components = {...OutboxListRenderer.components, LeavingNotice};

    reloadList() {
        return this.props.list.load();
    }
}

registry.category("views").add("mailroom_leaving_list", {
    ...listView,
    Renderer: LeavingListRenderer,
});
