import {Component, onMounted, onWillUnmount, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {normalize} from "@web/core/l10n/utils";
import {escape} from "@web/core/utils/strings";
import {useDebounced} from "@web/core/utils/timing";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {inputTarget, insertAtCursor, NOWHERE, rememberTarget} from "./cursor_target";

/** How long a person must rest before the preview follows. */
const REST = 700;
const PLAIN_FIELDS = ["mailroom_subject", "mailroom_sms_text", "mailroom_file_name"];

/**
 * All tags of a template, with what each gives for a real document. A click inserts one
 * at the cursor, wherever that was last; a tag can be dragged into the text, too.
 */
export class TagPanel extends Component {
    static template = "mailroom.TagPanel";
    static props = {...standardFieldProps};

    setup() {
        this.root = useRef("root");
        this.notification = useService("notification");
        this.state = useState({search: ""});
        const {model} = this.props.record;
        let recordId = null;
        useRecordObserver((record) => {
            if (record.id !== recordId) {
                recordId = record.id;
                this.state.search = "";
            }
        });
        const follow = useDebounced(
            () => model.bus.trigger("NEED_LOCAL_CHANGES", {proms: []}),
            REST
        );
        useBus(model.bus, "FIELD_IS_DIRTY", ({detail}) => detail && follow());
        const onFocus = (ev) => this.onFocus(ev);
        let form = null;
        onMounted(() => {
            form = this.root.el.closest(".o_form_renderer");
            form?.addEventListener("focusin", onFocus);
        });
        onWillUnmount(() => form?.removeEventListener("focusin", onFocus));
    }

    onFocus(ev) {
        const name = ev.target.closest(".o_field_widget[name]")?.getAttribute("name");
        const {model, fields} = this.props.record;
        if (PLAIN_FIELDS.includes(name)) {
            rememberTarget(model, inputTarget(ev.currentTarget, name));
        } else if (name === "mailroom_body") {
            rememberTarget(model, null);
        } else if (fields[name]?.type === "char") {
            // Words are written here, too; where something is only chosen, the text
            // before stays the place for tags.
            rememberTarget(model, NOWHERE);
        }
    }

    /** @returns {Boolean} whether it is known what the template is for */
    get hasKind() {
        return Boolean(this.props.record.data.mailroom_kind);
    }

    /** @returns {Object[]} the groups of tags that fit the search */
    get groups() {
        const wanted = normalize(this.state.search.replace(/[{}<>]/g, "").trim());
        const groups = new Map();
        for (const tag of this.props.record.data[this.props.name] || []) {
            const words = [tag.name, tag.label, tag.group, ...tag.aliases].join(" ");
            if (normalize(words).includes(wanted)) {
                groups.set(tag.group, [...(groups.get(tag.group) || []), tag]);
            }
        }
        return [...groups].map(([name, tags]) => ({name, tags}));
    }

    spelled(tag) {
        return `{${tag.name}}`;
    }

    hint(tag) {
        if (!tag.aliases.length) {
            return tag.label;
        }
        return _t("%(label)s. Also read: %(names)s", {
            label: tag.label,
            names: tag.aliases.map((alias) => `{${alias}}`).join(", "),
        });
    }

    insert(tag) {
        if (!insertAtCursor(this.props.record.model, this.spelled(tag))) {
            this.notification.add(
                _t(
                    "This field takes no tags. Put the cursor into the subject, the " +
                        "text, the SMS or the name of the PDF first."
                ),
                {type: "warning"}
            );
        }
    }

    onDragStart(ev, tag) {
        ev.dataTransfer.effectAllowed = "copy";
        ev.dataTransfer.setData("text/plain", this.spelled(tag));
        // The editor of the text takes nothing but HTML.
        ev.dataTransfer.setData("text/html", escape(this.spelled(tag)));
    }
}

export const tagPanel = {
    component: TagPanel,
    displayName: _t("Tags of a template"),
    supportedTypes: ["json"],
};

registry.category("fields").add("mailroom_tags", tagPanel);
