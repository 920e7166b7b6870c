import {
    HtmlMailField,
    htmlMailField,
} from "@mail/views/web/fields/html_mail_field/html_mail_field";
import {registry} from "@web/core/registry";
import {editorTarget, rememberBody} from "./cursor_target";

/** What looks different without the style sheets of the backend. */
const STYLED = "[class], [style], img, table";

/** The text of a mail: tags of the panel are inserted where its cursor is. */
export class MailroomBodyField extends HtmlMailField {
    /**
     * Plain words stay as they were written: Odoo would give each paragraph the fonts of
     * the backend, and the text would count as changed when nothing is.
     */
    async getEditorContent() {
        const content = this.editor.getElContent();
        return content.querySelector(STYLED) ? super.getEditorContent() : content;
    }

    onEditorLoad(editor) {
        super.onEditorLoad(editor);
        rememberBody(this.props.record.model, editorTarget(editor));
    }
}

export const mailroomBodyField = {
    ...htmlMailField,
    component: MailroomBodyField,
};

registry.category("fields").add("mailroom_body", mailroomBodyField);
