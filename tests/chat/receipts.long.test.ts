import { expect, it, onTestFinished } from "vitest";
import { openReceipts } from "../../src/chat/receipts.ts";
import { openLog } from "../../src/log.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openStore } from "../../src/store/store.ts";
import { until } from "../helpers/processes.ts";

it("receipts that fail hold up no others, are tried again, and end after five tries", async () => {
  const { database, close } = await openDatabase();
  const [store, log, closing] = [openStore(database), openLog({ log: "silent" }), new AbortController()];
  onTestFinished(() => {
    closing.abort();
    return close();
  });
  const receipts = openReceipts({ store, log, closing: closing.signal });
  for (const id of ["hangs", "fails", "works", "kills"])
    await receipts.receive({ id, adapter: "terminal", userId: "kim", event: { id } });
  // As by five processes that died of it.
  for (let start = 0; start < 5; start++) await store.receipts.begin("kills");
  const tries: string[] = [];
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  await receipts.workOff("terminal", async ({ id }) => {
    tries.push(id);
    if (id === "hangs") await opened;
    if (id === "fails") throw new Error("cannot be downloaded");
  });
  await until("the one that works", () => tries.includes("works"));
  await until("the one that fails to be given up", async () => (await store.receipts.pending("terminal")).length === 1, 30);
  expect(tries.filter((it) => it === "fails")).toHaveLength(5);
  expect(tries).not.toContain("kills");
  open();
  await receipts.idle();
  expect(await store.receipts.pending("terminal")).toEqual([]);
});
