import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const SUBJECT = "div[name=mailroom_subject] input";
const BODY = "div[name=mailroom_body] .odoo-editor-editable";

const SMS = "div[name=mailroom_sms_text] textarea";

/** Insert a tag by the panel, found by a word of its description. */
function insertTag(search, name) {
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

/** Type at the end of the first line of the text, as a person does. */
function type(words) {
    const line = document.querySelector(`${BODY} p`);
    getSelection().selectAllChildren(line);
    getSelection().collapseToEnd();
    document.execCommand("insertText", false, words);
}

tours.add("mailroom_template_untouched", {
    steps: () => [
        {
            content: "type a word",
            trigger: `${BODY} p`,
            run: async ({click}) => {
                await click();
                type("Qwerty");
            },
        },
        {
            content: "the preview has followed",
            trigger: 'iframe[srcdoc*="Qwerty"]',
        },
        {
            content: "take the word back",
            trigger: `${BODY} p:contains(Qwerty)`,
            run: () => {
                for (const _letter of "Qwerty") {
                    document.execCommand("delete");
                }
            },
        },
        {
            content: "the preview has followed",
            trigger: 'iframe[srcdoc]:not([srcdoc*="Qwerty"])',
        },
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
    ],
});

tours.add("mailroom_template_cursor", {
    steps: () => [
        {
            content: "the cursor stands in the text message",
            trigger: SMS,
            run: "click",
        },
        {
            content: "then in the name of the template",
            trigger: "div[name=name] input",
            run: "click",
        },
        ...insertTag("number of the document", "Number"),
        {
            content: "a name takes no tags",
            trigger: ".o_notification:contains(takes no tags)",
        },
        {
            content: "nothing came into the text message",
            trigger: `${SMS}:value(/^$/)`,
            run: "click",
        },
        ...insertTag("number of the document", "Number"),
        {
            content: "the tag stands in the text message",
            trigger: `${SMS}:value({Number})`,
        },
        {
            content: "one kind of document needs no choice of kinds",
            trigger: "div[name=mailroom_sample]:not(:has(select)) input",
            run: "click",
        },
        {
            content: "only what the template is for is offered",
            trigger:
                "div[name=mailroom_sample]:not(:has(.o-autocomplete--dropdown-item:contains(Draft))) " +
                ".o-autocomplete--dropdown-item:contains(INV)",
            run: "click",
        },
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

tours.add("mailroom_template_link", {
    steps: () => [
        {
            content: "a word in the text",
            trigger: BODY,
            run: ({anchor}) => {
                anchor.focus();
                document.getSelection().selectAllChildren(anchor.querySelector("p"));
            },
        },
        {
            content: "make a link of it",
            trigger: ".o-we-toolbar button[name=link]",
            run: "click",
        },
        {
            content: "to where the customer looks at the document",
            trigger: ".o-we-linkpopover input.o_we_href_input_link",
            run: "edit {Link.Portal}",
        },
        {
            content: "apply",
            trigger: ".o-we-linkpopover .o_we_apply_link",
            run: "click",
        },
        {
            content: "the editor takes the tag for a server",
            trigger: `${BODY} a[href="https://{Link.Portal}"]`,
        },
        {
            content: "save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "it is saved, and is the tag",
            trigger: `${BODY} a[href="{Link.Portal}"]`,
        },
    ],
});
