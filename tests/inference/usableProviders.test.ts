import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { ProviderName } from "../../src/providers.ts";
import type { LogitsOn } from "../helpers/logitsOn.ts";

/** Chromium's GPU in software, the same Vulkan that a real one offers. */
const software = { VK_DRIVER_FILES: "/usr/lib/chromium/vk_swiftshader_icd.json", LD_LIBRARY_PATH: "/usr/lib/chromium" };
const none = { VK_DRIVER_FILES: "/nowhere.json", XDG_DATA_HOME: "/nowhere" };

const logitsOn = async (names: readonly ProviderName[], environment: Record<string, string> = {}) => {
  const program = join(import.meta.dirname, "..", "helpers", "logitsOn.ts");
  const { stdout, stderr } = await promisify(execFile)("npx", ["tsx", program, ...names], {
    env: { ...process.env, ...environment },
  });
  return { ...(JSON.parse(stdout.split("\n").at(-2) ?? "") as LogitsOn), said: stderr };
};

it("a machine without the GPU that was asked for computes on its processor, and says why", async () => {
  const { providers, logits, said } = await logitsOn(["cuda", "webgpu", "cpu"], none);
  expect(providers).toEqual(["cpu"]);
  expect(logits).toHaveLength(10);
  expect(said).toContain('Models are not computed on "cuda", which does not start here');
  expect(said).toContain('Models are not computed on "webgpu", which does not start here');
});

it("nothing is computed where only a GPU that is not there was asked for", async () => {
  await expect(logitsOn(["webgpu"], none)).rejects.toThrow("None of PEERLAB_ONNX_PROVIDERS starts on this machine: webgpu");
});

it.skipIf(!existsSync(software.VK_DRIVER_FILES))("WebGPU comes to the processor's logits (needs Debian's Chromium)", async () => {
  const [gpu, cpu] = await Promise.all([logitsOn(["webgpu", "cpu"], software), logitsOn(["cpu"])]);
  expect(gpu.providers).toEqual(["webgpu", "cpu"]);
  for (const [i, logit] of cpu.logits.entries()) expect(gpu.logits[i]).toBeCloseTo(logit, 3);
});
