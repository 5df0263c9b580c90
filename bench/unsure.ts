import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfig } from "../src/config.ts";
import { readCifar10 } from "../src/data/cifar10.ts";
import { decode } from "../src/images/decode.ts";
import type { Image } from "../src/images/image.ts";
import { loadModel } from "../src/inference/predict.ts";
import { predictPicture } from "../src/inference/views.ts";
import { readCard } from "../src/models/cardMetadata.ts";
import { cifar10 } from "../src/models/cifar10.ts";
import { commonName } from "../src/models/kinds.ts";
import { topPredictions, vocabularyOf } from "../src/models/prediction.ts";
import { readImagenetNames } from "../src/models/shownLabel.ts";
import { readModel } from "../src/onnx/file.ts";
import { shippedFolder } from "../src/store/shippedModels.ts";
import type { BenchOptions } from "./options.ts";
import { sharedFile } from "./shared.ts";

/** The model that answers where none is named, until another is fetched. */
const MODEL = "airbench94.cifar10";
const OPENED = { width: 1600, height: 1600 };

/** What the default model answers: its likeliest class, and whether it says "none of these, I think" first. */
const openDefault = async () => {
  const bytes = readFileSync(join(shippedFolder, `${MODEL}.onnx`));
  const card = readCard(readModel(bytes));
  if (!card) throw new Error(`Expected a card in ${MODEL}`);
  const model = await loadModel({ blob: MODEL, card }, async () => bytes);
  return async (image: Image) => {
    const { probabilities } = await predictPicture(model, image);
    const top = topPredictions(probabilities, card.classes, 1);
    return { label: top[0]?.label ?? "-", unsure: vocabularyOf(card, top)?.unsure ?? false };
  };
};

/** The 40 photos, each with what it shows in CIFAR-10's words where it shows one of the ten. */
const photos = () => {
  const folder = sharedFile("photos");
  const names = new Map(readImagenetNames().map((it) => [it.synset, it.en]));
  const words = new Set<string>(cifar10.classes);
  return readdirSync(folder)
    .filter((file) => /^n\d{8}_/.test(file))
    .map((file) => ({ file: join(folder, file), shows: commonName(names.get(file.slice(0, 9)) ?? "", words) }));
};

/** How often the default model says "none of these": of 40 photos, most of which show none of its ten things, and of CIFAR-10's test pictures. */
export const unsure = async (say: (line: string) => void, { count = 10_000 }: BenchOptions) => {
  const answer = await openDefault();
  const ofPhotos = { photos: 0, none: 0, showOneOfTheTen: 0, noneOfThose: 0, rightOfTheRest: 0 };
  for (const { file, shows } of photos()) {
    const { image } = await decode(readFileSync(file), OPENED);
    const { label, unsure: none } = await answer(image);
    const isKnown = (cifar10.classes as readonly string[]).includes(shows);
    ofPhotos.photos++;
    if (none) ofPhotos.none++;
    if (isKnown) ofPhotos.showOneOfTheTen++;
    if (isKnown && none) ofPhotos.noneOfThose++;
    if (isKnown && !none && label === shows) ofPhotos.rightOfTheRest++;
    say(`${none ? "none of these" : label}: ${file.split("/").at(-1)}`);
  }
  const { test, size } = await readCifar10(loadConfig(process.env).dataFolder);
  const bytes = size * size * 3;
  const ofCifar10 = { pictures: 0, none: 0, rightOfTheRest: 0 };
  for (let i = 0; i < Math.min(count, test.labels.length); i++) {
    const image = { width: size, height: size, data: new Uint8Array(test.pixels.subarray(i * bytes, (i + 1) * bytes)) };
    const { label, unsure: none } = await answer(image);
    ofCifar10.pictures++;
    if (none) ofCifar10.none++;
    else if (label === cifar10.classes[test.labels[i] ?? -1]) ofCifar10.rightOfTheRest++;
  }
  return { model: MODEL, photos: ofPhotos, cifar10: ofCifar10 };
};
