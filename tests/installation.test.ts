import { expect, it } from "vitest";
import { describeEngine, describeInstallation } from "../src/app/installation.ts";
import { loadConfig } from "../src/config.ts";
import { describeConfinement } from "../src/jobs/confinement.ts";
import { installedEngine } from "../src/tf/engine.ts";

it("names the TensorFlow in use, as the installation left word of it", () => {
  const facts = describeInstallation(loadConfig({ PEERLAB_DATA: "/tmp/nowhere" }));
  expect(facts).toContainEqual(describeEngine(installedEngine()));
});

it("says what worker children are confined by, or why nothing does it", () => {
  expect(describeInstallation(loadConfig({}))).toContainEqual(describeConfinement());
});

it("says whose library it is", () => {
  expect(describeEngine({ way: "linked", version: "2.21.0" }).en).toBe(
    "Training: native TensorFlow 2.21.0, linked against the one of PyPI",
  );
  expect(describeEngine({ way: "official", version: "2.9.1" }).ko).toBe("학습: 네이티브 TensorFlow 2.9.1 (공식 바이너리)");
});

it("says why there is no native one, and what brings it", () => {
  const { en, ko } = describeEngine({ way: "wasm", version: "4.22.0", why: "linked: g++ is missing" });
  for (const text of [en, ko]) {
    expect(text).toContain("linked: g++ is missing");
    expect(text).toContain("`npm run tensorflow`");
  }
});
