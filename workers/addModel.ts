import { inspect } from "../src/inference/inspect.ts";
import type { Handler } from "../src/jobs/context.ts";
import { writeCard } from "../src/models/cardMetadata.ts";
import { labelsIn } from "../src/models/labels.ts";

/** Judges an uploaded model and keeps it with its card inside. The trial run happens here, so a file that crashes takes only this child. */
export const addModel: Handler<"addModel"> = async ({ file, name, preprocessing, labels, labelsFile }, { blobs }) => {
  const bytes = await blobs.get(file.blob);
  const card = await inspect(bytes, {
    name,
    file: file.name,
    preprocessing,
    labels: labelsFile ? labelsIn(await blobs.get(labelsFile.blob)) : labels,
  });
  return { card, file: await blobs.put(writeCard(bytes, card), { name: `${name}.onnx`, type: "application/octet-stream" }) };
};
