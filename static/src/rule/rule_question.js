import {Component, useState} from "@odoo/owl";
import {RuleQuestionDialog} from "./rule_question_dialog";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

/** Questions put to this person before, in this browser tab. */
const put = new Set();

/**
 * What rules ask about a document: at once in a dialog for whoever set the rule off,
 * and above the document for everybody until somebody answers.
 */
export class RuleQuestion extends Component {
    static template = "mailroom.RuleQuestion";
    static components = {};
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({questions: [], busy: false});
        useRecordObserver((record, props) => {
            this.state.questions = record.data[props.name]?.questions || [];
            this.putToPerson();
        });
    }

    get record() {
        return this.props.record;
    }

    /** Ask in a dialog what this person's own step has led to. */
    putToPerson() {
        const fresh = this.state.questions.find(
            ({id, mine, fresh: isFresh}) => mine && isFresh && !put.has(id)
        );
        if (!fresh) {
            return;
        }
        put.add(fresh.id);
        this.dialog.add(RuleQuestionDialog, {
            question: fresh,
            onAnswer: (answer) => this.answer(fresh, answer),
        });
    }

    async answer(question, answer) {
        this.state.busy = true;
        try {
            const action = await this.orm.call(
                this.record.resModel,
                "mailroom_answer",
                [[this.record.resId], question.id, answer]
            );
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
