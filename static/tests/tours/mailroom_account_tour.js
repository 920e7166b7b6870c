import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const fill = (name, value) => ({
    content: `fill in ${name}`,
    trigger: `.o_form_view .o_field_widget[name=${name}] input`,
    run: `edit ${value}`,
});

tours.add("mailroom_account_from_nothing", {
    steps: () => [
        {
            content: "the company has no account of its own yet",
            trigger: "#mailroom_use_own_account input[type=checkbox]:not(:checked)",
        },
        {
            content: "set it up",
            trigger: "button[name=action_mailroom_account]:contains(Set up)",
            run: "click",
        },
        {
            content: "the name of the company is there already",
            trigger:
                ".o_form_view .o_field_widget[name=mailroom_name] input:value(Tour)",
        },
        fill("smtp_user", "office@firm.test"),
        fill("mailroom_address", "office@firm.test"),
        {
            content: "type the password",
            trigger: ".o_field_widget[name=smtp_pass] input[type=password]",
            run: "edit Korrekt-hast-42%/+",
        },
        fill("smtp_host", "localhost"),
        {
            content: "the port of this test is not one of the usual ones",
            trigger: ".o_field_widget[name=mailroom_encryption] input",
            run: "click",
        },
        {
            content: "encryption finds itself",
            trigger: ".o_form_view",
            run: () => {
                const shown = document.querySelector(
                    "[name=mailroom_encryption] input"
                );
                if (shown.value !== "Automatic") {
                    throw new Error(`encryption is ${shown.value}`);
                }
            },
        },
        {
            content: "save, which tests the account",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "it works",
            trigger: ".alert-success:contains(The account works)",
        },
        {
            content: "what was found out is shown",
            trigger: ".o_field_widget[name=mailroom_encryption] input:value(Automatic)",
        },
        {
            content: "the password is there, but not to be read",
            trigger: ".o_field_widget[name=smtp_pass] input:value(••••••••)",
        },
        {
            content: "send one real message",
            trigger: "button[name=action_mailroom_send_test]",
            run: "click",
        },
        {
            content: "the server took it",
            trigger: ".o_notification:contains(The mail server took the test message)",
        },
    ],
});

tours.add("mailroom_account_wrong_password", {
    steps: () => [
        {
            content: "the account says what is wrong and where",
            trigger:
                ".alert-danger:contains(The user name or password was refused)" +
                ":contains(Check: User Name and Password)",
        },
        {
            content: "type the right password",
            trigger: ".o_field_widget[name=smtp_pass] input",
            run: "edit Korrekt-hast-42%/+",
        },
        {
            content: "save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "it works again",
            trigger: ".alert-success:contains(The account works)",
        },
    ],
});

tours.add("mailroom_account_my_mailbox", {
    steps: () => [
        {
            content: "set up my own mailbox",
            trigger: "button[name=action_mailroom_mailbox]",
            run: "click",
        },
        {
            content: "my address is there already",
            trigger:
                ".o_form_view .o_field_widget[name=mailroom_address] input:value(office@firm.test)",
        },
        {
            content: "type the password",
            trigger: ".o_field_widget[name=smtp_pass] input",
            run: "edit Korrekt-hast-42%/+",
        },
        fill("smtp_host", "localhost"),
        {
            content: "save, which tests the mailbox",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "it works",
            trigger: ".alert-success:contains(The account works)",
        },
    ],
});
