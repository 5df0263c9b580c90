import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { readCifar10 } from "../../src/data/cifar10.ts";
import { evaluateModel } from "../../src/inference/evaluate.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { readModel } from "../../src/onnx/file.ts";

const folder = resolve(import.meta.dirname, "../../models");
const files = readdirSync(folder).filter((it) => it.endsWith(".cifar10.onnx"));

const shared = resolve(import.meta.dirname, "../../../shared/data/unpack-cifar10.mjs");
it.skipIf(!existsSync(shared))(
  "every model is as accurate as it says on CIFAR-10's test pictures (needs CIFAR-10)",
  async () => {
    const root = await mkdtemp(join(tmpdir(), "peerlab-cifar-"));
    onTestFinished(() => rm(root, { recursive: true }));
    execFileSync(process.execPath, [shared, root], { stdio: "ignore" });
    const dataset = await readCifar10(root);
    for (const name of files) {
      const bytes = await readFile(join(folder, name));
      const { correct, accuracy } = await evaluateModel(bytes, dataset.test, dataset);
      // Another processor may add up in another order, and a few pictures lie right between two classes.
      expect(Math.abs(correct - 10_000 * (readCard(readModel(bytes))?.metrics?.["accuracy"] ?? 0)), name).toBeLessThanOrEqual(5);
      expect(accuracy, name).toBeGreaterThan(0.75);
    }
  },
  180_000,
);
