import { randomUUID } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { columnsOf } from "../../src/store/requests.ts";
import { openStore } from "../../src/store/store.ts";

it("a request that waited for a month is answered as well, though its milliseconds fit into no integer", async () => {
  const { database, close } = await openDatabase();
  onTestFinished(close);
  const { requests } = openStore(database);
  const id = randomUUID();
  await requests.add({
    ...{ id, ...columnsOf({ adapter: "web", group: "local", channel: "general" }), userId: "mina", userName: "Mina", lang: "en" },
    ...{
      command: "runs",
      args: {},
      seed: 1,
      ephemeral: false,
      status: "waiting",
      asked: new Date(Date.now() - 30 * 24 * 3600_000),
    },
  });
  expect(await requests.finish(id, "done", { text: "at last" })).toMatchObject({ row: { status: "done", totalMs: 2 ** 31 - 1 } });
});
