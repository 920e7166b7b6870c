import {registry} from "@web/core/registry";

const fill = (name, value) => ({
    content: `fill in ${name}`,
    trigger: `.o_form_view .o_field_widget[name=${name}] input`,
    run: `edit ${value}`,
});

registry.category("web_tour.tours").add("mailroom_gateway_from_nothing", {
    steps: () => [
        {
            content: "the company has no gateway yet, and what follows from it is said",
            trigger: ".o_form_view:contains(text messages are held)",
        },
        {
            content: "set it up",
            trigger: "button[name=action_mailroom_gateway]",
            run: "click",
        },
        {
            content: "open the list of providers",
            trigger: ".o_form_view .o_field_widget[name=preset] input",
            run: "click",
        },
        {
            content: "choose one",
            trigger: ".o_select_menu_item:contains(46elks)",
            run: "click",
        },
        {
            content: "how it wants messages is filled in",
            trigger:
                ".o_field_widget[name=url] input:value(https://api.46elks.com/a1/sms)",
        },
        {
            content: "what it calls user name and password is said",
            trigger: ".alert-info:contains(API username):contains(without spaces)",
        },
        fill("auth_user", "u1234"),
        {
            content: "type the password",
            trigger: ".o_field_widget[name=gateway_secret] input[type=password]",
            run: "edit Korrekt-hast-42%/+",
        },
        {
            content: "save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "the password is there, but not to be read",
            trigger: ".o_field_widget[name=gateway_secret] input:value(••••••••)",
        },
        {
            content: "ask for a test",
            trigger: "button[name=action_mailroom_test_sms]",
            run: "click",
        },
        {
            content: "type a landline",
            trigger: ".modal .o_field_widget[name=number] input",
            run: "edit 040-12 34 56",
        },
        {
            content: "send",
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            content: "it is refused in words",
            trigger: ".o_error_dialog:contains(is a landline) .btn-primary",
            run: "click",
        },
        {
            content: "type a mobile number",
            trigger: ".modal .o_field_widget[name=number] input",
            run: "edit 070-512 34 56",
        },
        {
            content: "send again",
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            content: "the gateway took it",
            trigger: ".o_notification:contains(The gateway took the test message)",
        },
    ],
});
