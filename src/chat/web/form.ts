import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { Busboy, type BusboyFileStream, type BusboyHeaders } from "@fastify/busboy";
import { UserError } from "../../errors.ts";
import { MAX_FILES } from "../limits.ts";

/** What our own page and terminal send, and room to spare. A field says who uploads. */
const limits = { files: MAX_FILES, fields: 4, parts: MAX_FILES + 4, fieldSize: 2000, headerPairs: 16, headerSize: 4000 };

interface Form<T> {
  body: ReadableStream<Uint8Array>;
  /** The request's content type, which names the boundary. */
  type: string;
  onField(name: string, value: string): void;
  /** Takes a file, by the name it came with; the next one comes when its bytes are taken. */
  onFile(bytes: AsyncIterable<Uint8Array>, name: string): Promise<T>;
}

/**
 * Reads a form part by part and returns what became of its files. Whatever is wrong with the form is a `UserError`; what `onFile`
 * throws ends it at once. When this has ended, every file's stream has too.
 */
export const readForm = async <T>({ body, type, onField, onFile }: Form<T>): Promise<T[]> => {
  const taken: Promise<T>[] = [];
  const streams: BusboyFileStream[] = [];
  let failure: unknown;
  try {
    const form = new Busboy({ headers: { "content-type": type } as BusboyHeaders, limits });
    const end = (error: unknown) => {
      failure ??= error;
      form.destroy(error as Error);
    };
    // Errors are told to whoever waits; without a listener of its own a stream's late one would end the process.
    form.on("error", () => {});
    for (const event of ["filesLimit", "fieldsLimit", "partsLimit"] as const)
      form.on(event, () => end(new UserError("bad_form", { why: "too_much" })));
    form.on("field", (name, value, _, cut) => {
      try {
        if (cut) throw new UserError("bad_form", { why: "too_much" });
        onField(name, value);
      } catch (error) {
        end(error);
      }
    });
    form.on("file", (_, stream, name) => {
      streams.push(stream.on("error", () => {}));
      const taking = onFile(stream as AsyncIterable<Uint8Array>, name ?? "");
      taking.catch(end);
      taken.push(taking);
    });
    // An iterator, because what the parser throws for odd heads is then caught here and ends no process.
    await pipeline(body.values(), form);
  } catch (error) {
    failure ??= new UserError("bad_form", { why: "torn" }, { cause: error });
  }
  if (failure !== undefined) for (const stream of streams) stream.destroy(failure as Error);
  await Promise.allSettled(taken);
  if (failure !== undefined) throw failure;
  return Promise.all(taken);
};
