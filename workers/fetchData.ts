import { missingFiles } from "../src/data/missing.ts";
import { fetchPublished } from "../src/data/published.ts";
import type { Handler } from "../src/jobs/context.ts";
import { fileSize } from "../src/numbers.ts";

/** Downloads what is missing of a published data set. */
export const fetchData: Handler<"fetchData"> = async ({ name }, { dataFolder, signal, report }) => {
  const files = missingFiles(name, dataFolder);
  const of = files.reduce((sum, it) => sum + it.bytes, 0);
  let before = 0;
  for (const file of files) {
    await fetchPublished(dataFolder, file, signal, async (got) => {
      const share = `${name}: ${fileSize(before + got)} / ${fileSize(of)}`;
      await report({ done: before + got, of, note: { en: `downloading ${share}`, ko: `내려받는 중, ${share}` } });
    });
    before += file.bytes;
  }
  return { name };
};
