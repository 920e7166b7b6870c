import {describe, expect, test} from "@odoo/hoot";
import {takeFresh} from "@mailroom/rule/rule_question";

describe.current.tags("headless");

const question = (values) => ({
    id: 7,
    asked_at: "2026-03-02T10:00:00",
    mine: true,
    fresh: true,
    ...values,
});

test("a question is put once", () => {
    const asked = question({id: 5});
    expect(takeFresh([asked])).toBe(asked);
    expect(takeFresh([question({id: 5})])).toBe(undefined);
});

test("asked another time it is put another time", () => {
    expect(takeFresh([question()])).not.toBe(undefined);
    const again = question({asked_at: "2026-03-02T10:00:30"});
    expect(takeFresh([again])).toBe(again);
    expect(takeFresh([again])).toBe(undefined);
});

test("only what is asked of this person, and just now, is put", () => {
    expect(takeFresh([question({id: 8, mine: false})])).toBe(undefined);
    expect(takeFresh([question({id: 9, fresh: false})])).toBe(undefined);
});
