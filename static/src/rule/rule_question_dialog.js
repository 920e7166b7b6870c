import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";

/** "Send … to …?", answered with Send, Look first or No. */
export class RuleQuestionDialog extends Component {
    static template = "mailroom.RuleQuestionDialog";
    static components = {Dialog};
    static props = {question: Object, onAnswer: Function, close: Function};

    setup() {
        this.title = _t("Tell the customer?");
    }

    async answer(answer) {
        this.props.close();
        await this.props.onAnswer(answer);
    }
}
