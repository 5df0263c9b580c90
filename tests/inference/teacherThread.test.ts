import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hashOf } from "../../src/blobs/blobs.ts";
import { openTeacher } from "../../src/inference/teacher.ts";
import { openTeacherThread } from "../../src/inference/teacherThread.ts";
import type { Card } from "../../src/models/card.ts";
import { readCard } from "../../src/models/cardMetadata.ts";
import { cifar10 } from "../../src/models/cifar10.ts";
import { readModel } from "../../src/onnx/file.ts";
import { noisePictures } from "../helpers/noisePictures.ts";

const bytes = readFileSync(new URL("../../models/resnet8.cifar10.onnx", import.meta.url));
const model = { bytes, card: readCard(readModel(bytes)) as Card, blob: hashOf(bytes) };
const task = { classes: [...cifar10.classes], data: "cifar10", size: 32, features: true };

it("a teacher in a thread says what one in this thread says, batch for batch, while this thread goes on", async () => {
  const [here, there] = [await openTeacher(model, task), await openTeacherThread(model, task)];
  const batches = [noisePictures(64, 32).pixels, noisePictures(8, 32, 10, 2).pixels];
  let free = false;
  setTimeout(() => {
    free = true;
  }, 0);
  const asked = batches.map((it) => there.outputs(it));
  const answered = await Promise.all(asked);
  expect(free).toBe(true);
  for (const [i, pixels] of batches.entries()) {
    const { logits, features } = await here.outputs(pixels);
    expect(answered[i]?.logits).toEqual(logits);
    expect(hashOf(Buffer.from(answered[i]?.features?.buffer as ArrayBuffer))).toBe(
      hashOf(Buffer.from(features?.buffer as ArrayBuffer)),
    );
  }
  expect([there.featureShape, there.mapped]).toEqual([here.featureShape, here.mapped]);
  await Promise.all([here.close(), there.close()]);
  await expect(there.logits(batches[0] as Uint8Array)).rejects.toThrow("ended");
  await there.close();
});

it("what is wrong with the model is a peer's mistake there too", async () => {
  const refused = openTeacherThread(model, { ...task, classes: ["cat", "yak"] });
  await expect(refused).rejects.toMatchObject({ mistake: { code: "teacher_classes", facts: { missing: ["yak"] } } });
});
