import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** A technician writes down what was done, on a tablet. */
function writeSteps() {
    return [
        {
            content: "make a protocol of the order",
            trigger: "button[name=action_mailroom_protocol]",
            run: "click",
        },
        {
            content: "customer, contact and facility are filled in",
            trigger: ".o_field_widget[name=contact_id] input:value(Anna Ek)",
        },
        {
            content: "write what was done",
            trigger: "div[name=work_done] .odoo-editor-editable",
            run: "editor Filtret är bytt",
        },
        {
            content: "go to the checklist",
            trigger: ".nav-link[name=checks]",
            run: "click",
        },
        {
            content: "choose a checklist",
            trigger: ".o_field_widget[name=checklist_id] input",
            run: "edit Yearly",
        },
        {
            content: "take the one that is offered",
            trigger: ".o-autocomplete--dropdown-item:contains(Yearly service)",
            run: "click",
        },
        {
            content: "its point is there; look at it",
            trigger: ".o_field_widget[name=check_ids] td[name=result]",
            run: "click",
        },
        {
            content: "it is all right",
            trigger:
                ".o_field_widget[name=check_ids] .o_selection_badge:contains(/^OK$/)",
            run: "click",
        },
        {
            content: "the material of the order is there",
            trigger: ".nav-link[name=material]",
            run: "click",
        },
        {
            content: "as it was sold",
            trigger: ".o_field_widget[name=material_ids] td:contains(Inspection)",
        },
    ];
}

function signSteps() {
    return [
        {
            content: "let the customer sign",
            trigger: ".nav-link[name=signature]",
            run: "click",
        },
        {
            content: "the contact's name is there",
            trigger: ".o_field_widget[name=signed_by] input:value(Anna Ek)",
        },
        {
            content: "open the field for the signature",
            trigger: ".o_field_widget[name=signature] .o_signature",
            run: "click",
        },
        {
            content: "take the name as it is written",
            trigger: ".modal footer button:enabled:contains(Adopt)",
            run: "click",
        },
        {
            content: "the signature is there",
            trigger: ".o_field_widget[name=signature] img[src^='data:image']",
        },
    ];
}

function doneSteps() {
    return [
        {
            content: "it is done",
            trigger: "button[name=action_done]",
            run: "click",
        },
        {
            content: "the question says who gets it",
            trigger: ".modal .o_field_widget[name=whom]:contains(anna@kund.test)",
        },
        {
            content: "send it",
            trigger: ".modal footer button[name=action_send]",
            run: "click",
        },
        {
            content: "it is on its way",
            trigger: ".o_mailroom_status .badge:contains(Queued)",
        },
        {
            content: "and locked",
            trigger: ".o_field_widget[name=contact_id].o_readonly_modifier",
        },
    ];
}

tours.add("mailroom_protocol", {
    steps: () => [...writeSteps(), ...signSteps(), ...doneSteps()],
});

tours.add("mailroom_protocol_sign", {
    steps: () => [
        {
            content: "the customer reads what was done",
            trigger: "main:contains(Cleaned the filter)",
        },
        {
            content: "writes his name",
            trigger: "#sign input[name=signer]",
            run: "edit Bo Dahl",
        },
        {
            content: "and signs",
            trigger: "#sign .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the page thanks him",
            trigger: ".alert-success:contains(The protocol is signed)",
        },
        {
            content: "his signature stands on it",
            trigger: ".o_mailroom_signature:contains(Bo Dahl) img",
        },
    ],
});
