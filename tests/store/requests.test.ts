import { randomUUID } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { columnsOf } from "../../src/store/requests.ts";
import { openStore } from "../../src/store/store.ts";

const DAY_MS = 24 * 3600_000;

it("a request is answered also when it waited for a month, or its clock was set back by as much, though the milliseconds fit into no integer", async () => {
  const { database, close } = await openDatabase();
  onTestFinished(close);
  const { requests } = openStore(database);
  const asked = async (at: number) => {
    const id = randomUUID();
    await requests.add({
      ...{ id, ...columnsOf({ adapter: "web", group: "local", channel: "general" }), userId: "mina", userName: "Mina" },
      ...{ lang: "en", command: "runs", args: {}, seed: 1, ephemeral: false, status: "waiting", asked: new Date(at) },
    });
    return id;
  };
  const finish = async (id: string) => (await requests.finish(id, "done", { text: "at last" }))?.row;
  expect(await finish(await asked(Date.now() - 30 * DAY_MS))).toMatchObject({ status: "done", totalMs: 2 ** 31 - 1 });
  expect(await finish(await asked(Date.now() + 30 * DAY_MS))).toMatchObject({ status: "done", totalMs: 0 });
});
