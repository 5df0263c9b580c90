import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openOwnSession, providersInUse } from "../../src/inference/session.ts";
import { type ProviderName, useProviders } from "../../src/providers.ts";
import { seeded } from "../../src/random.ts";

/** What a shipped model says of a picture of noise, and where it computed: for a process with an environment of its own. */
export interface LogitsOn {
  providers: readonly ProviderName[];
  logits: number[];
}

const logitsOn = async (names: readonly ProviderName[]): Promise<LogitsOn> => {
  useProviders(names);
  const session = await openOwnSession(await readFile(join(import.meta.dirname, "../../models/efficientnet-mini.cifar10.onnx")));
  const rng = seeded(1);
  const { outputs } = await session.run(
    Float32Array.from({ length: 3 * 32 * 32 }, () => rng()),
    [1, 3, 32, 32],
  );
  await session.release();
  return { providers: await providersInUse(), logits: [...(outputs["logits"]?.data ?? [])] };
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  console.log(JSON.stringify(await logitsOn(process.argv.slice(2) as ProviderName[])));
