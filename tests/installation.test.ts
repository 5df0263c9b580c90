import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import koffi from "koffi";
import { expect, it, onTestFinished } from "vitest";
import { describeEngine, describeInstallation } from "../src/app/installation.ts";
import { loadConfig } from "../src/config.ts";
import { tf } from "../src/tf/tf.ts";
import { bornChild, saidBy } from "./helpers/bornChild.ts";
import { freshHome } from "./helpers/bot.ts";

const facts = () =>
  describeInstallation(loadConfig({}))
    .map(({ en }) => en)
    .join("\n");

/** What the TensorFlow that this process has loaded calls its version; nothing where only WASM is loaded. */
const loadedTensorflow = (): string | undefined => {
  const binding = /\/\S*tfjs_binding\.node/.exec(readFileSync("/proc/self/maps", "utf8"))?.[0];
  return binding && koffi.load(binding).func("const char *TF_Version()")();
};

it.skipIf(process.platform !== "linux")("names the TensorFlow that trains here, by the version it says it is", () => {
  const version = loadedTensorflow();
  expect(tf.getBackend()).toBe(version ? "tensorflow" : "wasm");
  expect(facts()).toContain(version ? `Training: native TensorFlow ${version},` : "Training: TensorFlow.js 4.22.0 on WASM");
});

it("says that worker children are confined exactly where one cannot read a file of the system's", async () => {
  const home = await freshHome();
  onTestFinished(() => rm(home, { recursive: true }));
  const attempt = `
    import { readFileSync } from "node:fs";
    let refused = false;
    try { readFileSync("/etc/passwd"); } catch { refused = true; }
    console.log(refused);
    process.exit();`;
  const refused = await saidBy<boolean>(bornChild("infer", home, attempt));
  expect(facts()).toContain(
    refused ? "Worker children: read and write only their own files" : "Worker children: not confined, because",
  );
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
