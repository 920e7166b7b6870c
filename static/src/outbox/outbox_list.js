import {Component, onWillStart, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {ListRenderer} from "@web/views/list/list_renderer";
import {_t} from "@web/core/l10n/translation";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Says above the outbox that nothing leaves from a copy of a database. */
export class OutboxNotice extends Component {
    static template = "mailroom.OutboxNotice";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notice = useState({holds: false, neutralized: false, may_allow: false});
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(
            this.notice,
            await this.orm.call("mailroom.guard", "get_notice", [])
        );
    }

    allow() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Let this database send?"),
            body: _t(
                "If the original is still in use, customers may get messages twice. Held messages leave at once."
            ),
            confirmLabel: _t("Send from here"),
            confirm: async () => {
                await this.orm.call("mailroom.guard", "allow_sending", []);
                await this.load();
            },
            cancel: () => true,
        });
    }
}

export class OutboxListRenderer extends ListRenderer {
    static template = "mailroom.OutboxListRenderer";
    static components = {...ListRenderer.components, OutboxNotice};
}

registry.category("views").add("mailroom_outbox_list", {
    ...listView,
    Renderer: OutboxListRenderer,
});
