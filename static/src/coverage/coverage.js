import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** Which texts there are: a table of kinds and languages for each company. */
export class Coverage extends Component {
    static template = "mailroom.Coverage";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({matrix: {languages: [], companies: []}});
        this.words = {
            own: {text: _t("Own"), badge: "text-bg-success"},
            shared: {text: _t("Shared"), badge: "text-bg-info"},
            inherited: {text: _t("Inherited"), badge: "text-bg-warning"},
            missing: {text: _t("Missing"), badge: "text-bg-danger"},
        };
        onWillStart(async () => {
            this.state.matrix = await this.orm.call(
                "mailroom.coverage",
                "get_matrix",
                []
            );
        });
    }

    open(cell) {
        return this.action.doAction("mailroom.mail_template_action", {
            viewType: "form",
            props: {resId: cell.template},
        });
    }

    async make(company, row, cell) {
        if (this.making) {
            // A second click before the form of the new one is there.
            return;
        }
        this.making = true;
        try {
            await this.openNew(company, row, cell);
        } finally {
            this.making = false;
        }
    }

    async openNew(company, row, cell) {
        const action = await this.orm.call("mailroom.coverage", "make", [
            row.kind,
            company.id,
            cell.lang,
        ]);
        return this.action.doAction(action);
    }
}

registry.category("actions").add("mailroom_coverage", Coverage);
