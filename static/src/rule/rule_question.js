import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

/** Questions put to this person before, in this browser tab. */
const put = new Set();

/** A rule may ask about the same document another time. */
const keyOf = ({id, asked_at: askedAt}) => `${id} ${askedAt}`;

/**
 * The question that a person's own step has just led to and that was not put yet.
 *
 * @param {Object[]} questions as `mailroom_get_status` gives them
 * @returns {Object|undefined}
 */
export function takeFresh(questions) {
    const fresh = questions.find(
        (question) => question.mine && question.fresh && !put.has(keyOf(question))
    );
    if (fresh) {
        put.add(keyOf(fresh));
    }
    return fresh;
}

/**
 * What rules ask about a document: at once in a dialog for whoever set the rule off,
 * and above the document for everybody until somebody answers.
 */
export class RuleQuestion extends Component {
    static template = "mailroom.RuleQuestion";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({questions: [], busy: false});
        useRecordObserver((record, props) => {
            this.state.questions = record.data[props.name]?.questions || [];
            const fresh = takeFresh(this.state.questions);
            if (fresh) {
                this.call("mailroom_ask", fresh.id);
            }
        });
    }

    get record() {
        return this.props.record;
    }

    answer(question, answer) {
        return this.call("mailroom_answer", question.id, answer);
    }

    async call(method, ...args) {
        const {resModel, resId} = this.record;
        this.state.busy = true;
        try {
            const action = await this.orm.call(resModel, method, [[resId], ...args]);
            if (action) {
                await this.action.doAction(action, {onClose: () => this.reload()});
            } else {
                await this.reload();
            }
        } finally {
            this.state.busy = false;
        }
    }

    async reload() {
        if (!this.record.dirty) {
            await this.record.load();
        }
    }
}

registry.category("fields").add("mailroom_question", {
    component: RuleQuestion,
    supportedTypes: ["json"],
});
