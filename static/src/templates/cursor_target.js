import {toRaw} from "@odoo/owl";

/**
 * Where a click in the panel of tags inserts: the text of the template that had the
 * cursor last, the text of the mail when none had it, and nowhere when it stands among
 * other words, such as the template's name.
 */
const targets = new WeakMap();

/** The target of words that take no tags. */
export const NOWHERE = {insert: null};

/** Each component sees the model through a proxy of its own. */
function remember(model, values) {
    targets.set(toRaw(model), {...targets.get(toRaw(model)), ...values});
}

/**
 * @param {Object} model the relational model of the form
 * @param {Object|null} target what has the cursor, with a method `insert(text)`; null
 *     when that is the text of the mail, NOWHERE when it takes no tags
 */
export function rememberTarget(model, target) {
    remember(model, {last: target});
}

/**
 * @param {Object} model the relational model of the form
 * @param {Object} target the text of the mail, taken when no other field has the cursor
 */
export function rememberBody(model, target) {
    remember(model, {body: target});
}

/**
 * @param {Object} model the relational model of the form
 * @param {String} text what to insert
 * @returns {Boolean} whether there was a place for it
 */
export function insertAtCursor(model, text) {
    const {last, body} = targets.get(toRaw(model)) || {};
    const target = last || body;
    if (!target?.insert) {
        return false;
    }
    target.insert(text);
    return true;
}

/**
 * Return a target for an input or a textarea of a field.
 *
 * @param {HTMLElement} root the form
 * @param {String} fieldName the field that had the cursor
 * @returns {Object}
 */
export function inputTarget(root, fieldName) {
    return {
        insert(text) {
            const selector = `[name="${fieldName}"] input, [name="${fieldName}"] textarea`;
            const input = root.querySelector(selector);
            if (!input) {
                return;
            }
            input.focus();
            input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
            // Odoo's fields listen to what a person would have caused by typing.
            input.dispatchEvent(new InputEvent("input", {bubbles: true}));
            input.dispatchEvent(new Event("change", {bubbles: true}));
        },
    };
}

/**
 * Return a target for the editor of the mail's text.
 *
 * @param {Object} editor an instance of the HTML editor
 * @returns {Object}
 */
export function editorTarget(editor) {
    return {
        insert(text) {
            editor.shared.selection.focusEditable();
            editor.shared.dom.insert(text);
            editor.shared.history.addStep();
        },
    };
}
