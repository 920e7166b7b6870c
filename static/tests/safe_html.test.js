import {describe, expect, test} from "@odoo/hoot";
import {safeHtml} from "@mailroom/preview/safe_html";

describe.current.tags("headless");

const head = (html) => new DOMParser().parseFromString(html, "text/html").head;
const POLICY = "meta[http-equiv=Content-Security-Policy]:first-child";

test("the policy is the first thing in the head", () => {
    for (const html of [
        "",
        "<p>Hello</p>",
        "<html><head><title>x</title></head><body>Hello</body></html>",
        "<!-- <head> --><html><head><base href='https://evil.test'></head></html>",
    ]) {
        const policy = head(safeHtml(html)).querySelector(POLICY);
        expect(policy.content).toInclude("default-src 'none'");
    }
});

test("the message itself stays as it is", () => {
    const html =
        '<table style="width: 100%"><tbody><tr><td>Hej</td></tr></tbody></table>';
    expect(safeHtml(html)).toInclude(html);
});

test("links lead to a new window, which the sandbox forbids", () => {
    const page = safeHtml('<a href="https://x.test" target="_self">x</a>');
    expect(page).toInclude('target="_blank"');
    expect(page).not.toInclude("_self");
});
