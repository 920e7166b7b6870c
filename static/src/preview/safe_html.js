/** Nothing is fetched from anywhere, nothing runs. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/**
 * Make a mail's HTML safe to be shown in a sandboxed frame.
 *
 * The markup is parsed (not searched for "<head>"), so that nothing in the mail can keep
 * the policy from being the first thing the browser reads. Links are sent to a new
 * window, which the sandbox forbids: a click in the preview leads nowhere.
 *
 * @param {String} html a complete HTML document, or a part of one
 * @returns {String} a complete HTML document
 */
export function safeHtml(html) {
    const page = new DOMParser().parseFromString(html || "", "text/html");
    const policy = page.createElement("meta");
    policy.setAttribute("http-equiv", "Content-Security-Policy");
    policy.setAttribute("content", POLICY);
    page.head.prepend(policy);
    for (const link of page.querySelectorAll("a, area, base, form")) {
        link.setAttribute("target", "_blank");
    }
    return `<!DOCTYPE html>${page.documentElement.outerHTML}`;
}
