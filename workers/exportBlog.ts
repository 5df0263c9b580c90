import { zipped } from "../src/data/zip/write.ts";
import { decode } from "../src/images/decode.ts";
import { encodeJpeg } from "../src/images/encode.ts";
import type { Handler } from "../src/jobs/context.ts";

/** As wide as a page shows a picture on a screen of twice the pixels. */
const MOST = { width: 1440, height: 4000 };

/** Zips a post with its pictures. */
export const exportBlog: Handler<"exportBlog"> = async ({ name, post, pictures }, { blobs, signal, report }) => {
  let written = 0;
  const files = async function* () {
    yield { path: post.path, bytes: Buffer.from(post.text) };
    for (const [done, { blob, path }] of pictures.entries()) {
      signal.throwIfAborted();
      await report({ done, of: pictures.length });
      const { image } = await decode(await blobs.get(blob), MOST);
      written++;
      yield { path, bytes: await encodeJpeg(image) };
    }
  };
  const draft = await blobs.receive(zipped(files()));
  return { file: await draft.keep({ name: `${name}.zip`, type: "application/zip" }), pictures: written };
};
