import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { expect, it } from "vitest";

const folder = join(import.meta.dirname, "../../src/store/migrations");
const run = async (engine: PGlite, name: string) => {
  await engine.exec(readFileSync(join(folder, `${name}.sql`), "utf8").replaceAll("--> statement-breakpoint", ""));
};
const blob = (digit: string) => digit.repeat(64);
const file = (digit: string) => ({ blob: blob(digit), name: `${digit}.png`, type: "image/png", bytes: 1 });

it("knows which rows of an older version refer to which files", async () => {
  const engine = await PGlite.create();
  await run(engine, "0000_start");
  await run(engine, "0001_labels");
  const json = (it: unknown) => `'${JSON.stringify(it)}'`;
  await engine.exec(`
    insert into peerlab.messages (id, channel, user_id, user_name, text, files)
      values ('r1', 'general', 'mina', 'Mina', '/augment', ${json([file("1"), file("2")])});
    insert into peerlab.requests (id, channel, user_id, user_name, lang, command, args, seed, hushed, status, reply)
      values ('r1', 'general', 'mina', 'Mina', 'en', 'augment', ${json({ image: file("1"), images: [file("2")], n: 4 })}, 7, false, 'done',
        ${json({ text: "", pictures: [file("3")], files: [file("4")], buttons: [{ label: "", command: "", args: { image: file("1") } }] })}),
      ('r2', 'general', 'mina', 'Mina', 'en', 'augment', '{}', 7, false, 'waiting', null);
    insert into peerlab.models (name, blob, bytes, card, added_by) values ('net', '${blob("5")}', 1, '{}', 'Mina');
    insert into peerlab.labels (request, blob, label, user_id) values ('r3', '${blob("1")}', 'cat', 'mina');
  `);
  await run(engine, "0002_references_and_people");
  const { rows } = await engine.query(
    "select left(blob, 1) as blob, source, id, role from peerlab.blob_references order by 1, 2, 4",
  );
  expect(rows.map((it) => Object.values(it as object).join(" "))).toEqual([
    "1 label r3 input",
    "1 message r1 input",
    "1 request r1 input",
    "2 message r1 input",
    "2 request r1 input",
    "3 request r1 output",
    "4 request r1 output",
    "5 model net output",
  ]);
  await engine.close();
});
