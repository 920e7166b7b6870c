import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {registry} from "@web/core/registry";
import {takeFresh} from "../rule/rule_question";
import {useService} from "@web/core/utils/hooks";

/** Orders by stage: a card that was dragged may lead to a question. */
export class StageKanbanRenderer extends KanbanRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.actionService = useService("action");
    }

    async sortRecordDrop(dataRecordId, ...args) {
        const record = this.props.list.records.find(({id}) => id === dataRecordId);
        await super.sortRecordDrop(dataRecordId, ...args);
        if (record) {
            await this.ask(record);
        }
    }

    /** Put to the person what moving the order has led to. */
    async ask({resModel, resId}) {
        const status = await this.orm.call(resModel, "mailroom_get_status", [[resId]]);
        const question = takeFresh(status.questions);
        if (question) {
            const args = [[resId], question.id];
            await this.actionService.doAction(
                await this.orm.call(resModel, "mailroom_ask", args)
            );
        }
    }
}

registry.category("views").add("mailroom_stage_kanban", {
    ...kanbanView,
    Renderer: StageKanbanRenderer,
});
