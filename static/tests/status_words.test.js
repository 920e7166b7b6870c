import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
    changesWords,
    splitMessages,
    summary,
    worstFirst,
} from "@mailroom/status/status_words";

describe.current.tags("headless");
beforeEach(() => allowTranslations());

const states = (...names) => names.map((state) => ({state}));
const message = (id, purpose, ...names) => ({
    id,
    purpose,
    deliveries: states(...names),
});
const ids = (messages) => messages.map(({id}) => id);

test("what needs a person comes first", () => {
    const sorted = worstFirst(
        states("sent", "cancelled", "queued", "uncertain", "failed")
    );
    expect(sorted.map(({state}) => state)).toEqual([
        "failed",
        "uncertain",
        "queued",
        "sent",
        "cancelled",
    ]);
});

test("the summary counts what was accepted and leaves out what was cancelled", () => {
    expect(summary(states("sent", "delivered", "failed", "cancelled"))).toBe(
        "2 of 3 accepted"
    );
    expect(summary(states("sent", "cancelled"))).toBe("");
});

test("shown are the newest message and the one that carries the document", () => {
    const messages = [
        message(5, "message", "sent"),
        message(4, "document", "cancelled"),
        message(3, "document", "sent"),
        message(2, "document", "sent"),
    ];
    const {shown, earlier, current} = splitMessages(messages);
    expect(ids(shown)).toEqual([5, 3]);
    expect(ids(earlier)).toEqual([4, 2]);
    expect(current.id).toBe(3);
});

test("one message is shown once", () => {
    const {shown, earlier} = splitMessages([message(1, "document", "queued")]);
    expect(ids(shown)).toEqual([1]);
    expect(earlier).toEqual([]);
});

test("four changes are named, the others counted", () => {
    const changes = ["A", "B", "C", "D", "E", "F"].map((label) => ({
        label,
        old: "1",
        new: "2",
    }));
    expect(changesWords(changes.slice(0, 1))).toBe("A: 1 → 2");
    expect(changesWords(changes)).toBe(
        "A: 1 → 2; B: 1 → 2; C: 1 → 2; D: 1 → 2; and 2 more"
    );
});

test("what was added or removed is said so", () => {
    const changes = [
        {label: "Lines", old: "", new: "Lamp"},
        {label: "Lines", old: "Pump", new: ""},
    ];
    expect(changesWords(changes)).toBe("Lines: added Lamp; Lines: removed Pump");
});
