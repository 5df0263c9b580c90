import { expect, it } from "vitest";
import { UserError } from "../src/errors.ts";

it("repeats only the beginning of what is far too long, whole letters, and everything else as it is", () => {
  const { message, mistake } = new UserError("not_a_choice", {
    name: "op",
    ko: "변형",
    got: "🐱".repeat(4000),
    near: [],
    known: ["flip"],
  });
  expect(message).toBe(`There is no op "${"🐱".repeat(80)}…". Try one of flip.`);
  expect(mistake.facts).toEqual({ name: "op", ko: "변형", got: `${"🐱".repeat(80)}…`, near: [], known: ["flip"] });
  expect(new UserError("not_a_choice", { name: "op", ko: "변형", got: "x".repeat(300), near: [], known: [] }).message).toContain(
    "x".repeat(300),
  );
});
