import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

export const SUBJECT = "div[name=mailroom_subject] input";
export const BODY = "div[name=mailroom_body] .odoo-editor-editable";

/** Insert a tag by the panel, found by a word of its description. */
export function insertTag(search, name) {
    return [
        {
            content: `look for ${name}`,
            trigger: ".o_mailroom_tags input[type=search]",
            run: `edit ${search}`,
        },
        {
            content: `insert ${name} at the cursor`,
            trigger: `.o_mailroom_tags button[data-tag="${name}"]`,
            run: "click",
        },
    ];
}

/** Save, and wait until it is saved. */
export function saveSteps() {
    return [
        {
            content: "save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "it is saved",
            trigger:
                ".o_form_saved, .o_form_status_indicator:not(:has(button:visible))",
        },
    ];
}

/** Write a new template as somebody who has never seen Odoo's syntax. */
function writeTemplate({name, language, words, text}) {
    return [
        {
            content: "a new template",
            trigger: ".o_list_button_add, .o_form_button_create",
            run: "click",
        },
        {
            // The form of the template before may still stand there for a moment.
            content: "the form is empty",
            trigger: ".o_mailroom_template .o_mailroom_tags:contains(Choose under)",
        },
        {
            content: "its name",
            trigger: ".o_mailroom_template div[name=name] input",
            run: `edit ${name}`,
        },
        {
            content: "it is for invoices",
            trigger: "div[name=mailroom_kind] input, div[name=mailroom_kind] select",
            run: "click",
        },
        {
            content: "choose invoices",
            trigger: ".o_select_menu_item:contains(/^Invoice$/)",
            run: "click",
        },
        {
            // Odoo takes a choice back when its field is left before it is painted.
            content: "the panel knows what invoices have",
            trigger: ".o_mailroom_tags button[data-tag=DueDate]",
        },
        {
            content: "its language",
            trigger: "div[name=mailroom_lang_id] input",
            run: `edit ${language}`,
        },
        {
            content: "choose the language",
            trigger: `.o-autocomplete--dropdown-item:contains(${language})`,
            run: "click",
        },
        {
            content: "the panel shows the values of a real invoice",
            trigger: ".o_mailroom_tags button[data-tag=DueDate]:contains(/\\d/)",
        },
        {
            content: "write the subject",
            trigger: SUBJECT,
            // With the space a person types before he looks for the tag.
            run: ({edit}) => edit(`${words} `),
        },
        ...insertTag("number of the document", "Number"),
        {
            content: "the tag stands in the subject",
            trigger: `${SUBJECT}:value(${words} {Number})`,
        },
        {
            content: "write the text",
            trigger: BODY,
            run: ({editor}) => editor(`${text} `),
        },
        ...insertTag("total with", "Total"),
        {
            content: "the tag stands in the text",
            trigger: `${BODY}:contains({Total})`,
        },
        {
            content: "the preview has followed",
            trigger: `iframe[srcdoc*="${text}"]`,
        },
        {
            content: "so has its subject",
            trigger: `div[name=mailroom_preview_subject]:contains(${words} INV)`,
        },
        {
            content: "look at it as on a phone",
            trigger: "div[name=mailroom_preview] button[aria-pressed=false]",
            run: "click",
        },
        ...saveSteps(),
    ];
}

tours.add("mailroom_write_templates", {
    steps: () => [
        ...writeTemplate({
            name: "Faktura",
            language: "Svenska",
            words: "Din faktura",
            text: "Att betala:",
        }),
        ...writeTemplate({
            name: "Facture",
            language: "Français",
            words: "Votre facture",
            text: "À payer :",
        }),
    ],
});

tours.add("mailroom_template_fault", {
    steps: () => [
        {
            content: "a tag that does not exist",
            trigger: SUBJECT,
            run: "edit {Custmer.Name}",
        },
        {
            content: "leave the field",
            trigger: "div[name=mailroom_file_name] input",
            run: "click",
        },
        {
            content: "the form names the right one",
            trigger: "div[name=mailroom_faults]:contains({Customer.Name})",
        },
        {
            content: "try to save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "it cannot be saved",
            trigger: ".modal:contains(Did you mean {Customer.Name}?) .btn-close",
            run: "click",
        },
        {
            content: "take it back",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {
            content: "the old subject stands there again",
            trigger: `${SUBJECT}:value({Number})`,
        },
    ],
});

tours.add("mailroom_coverage", {
    steps: () => [
        {
            content: "French quotations have no text",
            trigger: "td[data-cell='quotation fr_FR'] .badge:contains(Missing)",
        },
        {
            content: "make one",
            trigger: "td[data-cell='quotation fr_FR'] button[aria-label]",
            run: "dblclick",
        },
        {
            content: "it begins with the English text",
            trigger: `${SUBJECT}:value({Number})`,
        },
        {
            content: "it is French",
            trigger: "div[name=mailroom_lang_id] input:value(French)",
        },
    ],
});
