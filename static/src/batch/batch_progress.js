import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useBatchChannel} from "./batch_channel";

const BEFORE = ["draft", "checking", "ready"];

/** Where a batch stands, in numbers and as a bar; it follows the queue live. */
export class BatchProgress extends Component {
    static template = "mailroom.BatchProgress";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.ui = useService("ui");
        useBatchChannel(
            () => this.props.record.resId,
            () => this.refresh()
        );
    }

    get data() {
        return this.props.record.data;
    }

    /**
     * Show what is known now, unless a person is at work here: loading would take the
     * line that was just clicked, or the open dialog's, away.
     *
     * @returns {Promise<Boolean>} whether it was shown
     */
    async refresh() {
        const {record} = this.props;
        if (this.isInUse) {
            return false;
        }
        if (await this.isUpToDate()) {
            return true;
        }
        if (this.isInUse || (await record.isDirty())) {
            return false;
        }
        await record.load();
        return true;
    }

    /** @returns {Promise<Boolean>} whether the screen shows all that is known */
    async isUpToDate() {
        const {resModel, resId} = this.props.record;
        const [now] = await this.orm.read(resModel, [resId], ["version"]);
        return !now || now.version === this.data.version;
    }

    get isInUse() {
        return (
            this.props.record.dirty ||
            this.ui.activeElement !== document ||
            Object.values(this.data).some((value) => value?.editedRecord)
        );
    }

    get counts() {
        const numbers = BEFORE.includes(this.data.state) ? this.before : this.after;
        return numbers.filter(({number, always}) => number || always);
    }

    get before() {
        const {go_count, look_count, stuck_count, out_count} = this.data;
        return [
            {
                name: "go",
                number: go_count,
                label: _t("will go"),
                color: "bg-success",
                always: true,
            },
            {
                name: "look",
                number: look_count,
                label: _t("need a look"),
                color: "bg-warning",
            },
            {
                name: "stuck",
                number: stuck_count,
                label: _t("cannot"),
                color: "bg-danger",
            },
            {name: "out", number: out_count, label: _t("left out"), color: ""},
        ];
    }

    get after() {
        const data = this.data;
        return [
            {
                name: "sent",
                number: data.sent_count,
                label: _t("sent"),
                color: "bg-success",
                always: true,
            },
            {
                name: "failed",
                number: data.failed_count,
                label: _t("not"),
                color: "bg-danger",
            },
            {
                name: "uncertain",
                number: data.uncertain_count,
                label: _t("unsure"),
                color: "bg-warning",
            },
            {
                name: "waiting",
                number: data.waiting_count,
                label: _t("waiting"),
                color: "bg-warning",
            },
            {
                name: "skipped",
                number: data.skipped_count,
                label: _t("skipped"),
                color: "",
            },
            {
                name: "open",
                number: data.open_count,
                label: _t("to do"),
                color: "bg-info",
            },
        ];
    }

    get isMoving() {
        return ["checking", "running", "paused"].includes(this.data.state);
    }

    /** @returns {Number} percent of the lines looked at, or of those that are over */
    get percent() {
        const {state, line_count, unchecked_count, progress} = this.data;
        if (state === "checking" && line_count) {
            return (100 * (line_count - unchecked_count)) / line_count;
        }
        return progress;
    }

    get barStyle() {
        return `width: ${this.percent}%`;
    }

    get doing() {
        const words = {
            checking: _t("Looking at every message. Nothing leaves yet."),
            running: _t("Leaving. You may close this page."),
            paused: _t("Paused: nothing leaves until somebody resumes it."),
        };
        return words[this.data.state] || "";
    }
}

registry.category("fields").add("mailroom_batch_progress", {
    component: BatchProgress,
    displayName: _t("Progress of a batch"),
    supportedTypes: ["float"],
    fieldDependencies: [
        {name: "state", type: "selection"},
        {name: "version", type: "char"},
        ...[
            "line_count",
            "go_count",
            "look_count",
            "stuck_count",
            "out_count",
            "unchecked_count",
            "sent_count",
            "failed_count",
            "uncertain_count",
            "waiting_count",
            "skipped_count",
            "open_count",
        ].map((name) => ({name, type: "integer"})),
    ],
});
