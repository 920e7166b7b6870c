import {
    HtmlMailField,
    htmlMailField,
} from "@mail/views/web/fields/html_mail_field/html_mail_field";
import {registry} from "@web/core/registry";
import {editorTarget, rememberBody} from "./cursor_target";

/** The text of a mail: tags of the panel are inserted where its cursor is. */
export class MailroomBodyField extends HtmlMailField {
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
