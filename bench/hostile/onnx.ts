import { readFileSync } from "node:fs";
import { join } from "node:path";
import { seeded } from "../../src/random.ts";
import { shippedFolder } from "../../src/store/shippedModels.ts";
import { colourModel, flatColourModel, plainly } from "../../tests/helpers/onnxModels.ts";
import { landscape } from "../../tests/helpers/pictures.ts";
import { hostileLabels, hostileModels } from "./models.ts";
import type { Target } from "./target.ts";
import type { Attack } from "./verdict.ts";

const preprocessings = [plainly, "torchvision", `{"resize":16,"crop":16,"scale":1e-300,"mean":[0,0,0],"std":[1e-300,1,1]}`, "{}"];

/** Models broken at random or on purpose, with broken lists of class names. Each is added, and used where that succeeded. */
export const onnxAttack = async (target: Target): Promise<Attack> => {
  const photo = await landscape(160, 120);
  const sound = [colourModel(), flatColourModel(), readFileSync(join(shippedFolder, "resnet8.onnx"))];
  return async (seed) => {
    const rng = seeded(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(rng() * list.length)] as T;
    const made = rng() < 0.4 ? pick(Object.keys(hostileModels)) : undefined;
    const mutated = () => {
      const bytes = Buffer.from(pick(sound));
      // In the part that describes the graph: weights may be anything.
      const described = Math.min(bytes.length, 4000);
      for (let i = 1 + Math.floor(rng() * 6); i > 0; i--) {
        const at = rng() < 0.5 ? Math.floor(rng() * described) : bytes.length - 1 - Math.floor(rng() * described);
        bytes[at] = rng() < 0.5 ? (bytes[at] as number) ^ (1 << Math.floor(rng() * 8)) : Math.floor(rng() * 256);
      }
      return rng() < 0.15 ? bytes.subarray(0, Math.floor(rng() * bytes.length)) : bytes;
    };
    const model = made ? (hostileModels[made] as () => Uint8Array)() : mutated();
    const labels = rng() < 0.4 ? pick(Object.keys(hostileLabels)) : undefined;
    const name = `m${seed.toString(36)}`;
    const preprocessing = rng() < 0.8 ? plainly : pick(preprocessings);
    const command = `/models add name:${name} preprocessing:${preprocessing}`;
    const input = `${made ?? "a mutated model"}, labels ${labels ?? "sound"}, ${preprocessing.slice(0, 40)}`;
    const added = await target.check(input, async (visitor) => {
      const file = await visitor.upload(model, `${name}.onnx`);
      const list = labels ? (hostileLabels[labels] as () => Buffer)() : Buffer.from("red\ngreen\nblue");
      return {
        input: command,
        files: [file, await visitor.upload(list, labels?.includes("JSON") ? "labels.json" : "labels.txt")],
      };
    });
    if (added.verdict !== "answered") return added;
    if (made?.startsWith("external data")) return { ...added, leak: "a model whose numbers lie in the server's files" };
    const asked = await target.check(`/classify after ${input}`, async (visitor) => ({
      input: `/classify model:${name}`,
      files: [await visitor.upload(photo, "hills.jpg")],
    }));
    await target.check("removed", async () => ({ input: `/models remove name:${name}`, files: [] }));
    return asked;
  };
};
