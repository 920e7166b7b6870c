import {registry} from "@web/core/registry";
import {BODY, insertTag, saveSteps} from "./mailroom_template_tour";

const tours = registry.category("web_tour.tours");

const SMS = "div[name=mailroom_sms_text] textarea";

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
        ...saveSteps(),
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
        ...saveSteps(),
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
