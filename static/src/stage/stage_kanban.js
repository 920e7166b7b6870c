import {RuleQuestionDialog} from "../rule/rule_question_dialog";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Orders by stage: a card that was dragged may lead to a question. */
export class StageKanbanRenderer extends KanbanRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.actionService = useService("action");
        this.dialogService = useService("dialog");
    }

    async sortRecordDrop(dataRecordId, dataGroupId, params) {
        const record = this.props.list.records.find(({id}) => id === dataRecordId);
        await super.sortRecordDrop(dataRecordId, dataGroupId, params);
        if (record) {
            await this.ask(record);
        }
    }

    /** Put to the person what moving the order has led to. */
    async ask({resModel, resId}) {
        const {questions} = await this.orm.call(resModel, "mailroom_get_status", [
            [resId],
        ]);
        const question = questions.find(({mine, fresh}) => mine && fresh);
        if (question) {
            this.dialogService.add(RuleQuestionDialog, {
                question,
                onAnswer: (answer) => this.answer(resModel, resId, question, answer),
            });
        }
    }

    async answer(resModel, resId, question, answer) {
        const action = await this.orm.call(resModel, "mailroom_answer", [
            [resId],
            question.id,
            answer,
        ]);
        if (action) {
            await this.actionService.doAction(action);
        }
    }
}

registry.category("views").add("mailroom_stage_kanban", {
    ...kanbanView,
    Renderer: StageKanbanRenderer,
});
