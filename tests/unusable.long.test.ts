import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { endOf, ends } from "./helpers/ask.ts";
import { mountSmall, noSmallDisks } from "./helpers/disks.ts";

describe("a folder that nothing can be kept in gets one sentence and exit code 1", () => {
  it("when there can be none, as under /proc", async () => {
    expect(await endOf("main", "--data", "/proc/peerlab", "--port", "0")).toMatchObject({
      code: 1,
      said: expect.stringMatching(/no folder can be created there/),
    });
  });

  it.skipIf(noSmallDisks)(`when its disk is read-only${noSmallDisks}`, async () => {
    const disk = mountSmall(1, "ro");
    onTestFinished(disk.unmount);
    for (const path of [disk.path, join(disk.path, "home")])
      for (const end of ends(path)) {
        const { code, said } = await end;
        expect([code, said]).toEqual([1, expect.stringMatching(/^I cannot store anything in .*: that disk is read-only\..*$/)]);
      }
  });
});

it("a port that another program uses gets one sentence and exit code 1", async () => {
  const home = await mkdtemp(join(tmpdir(), "peerlab-unusable-"));
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { port: number };
  const { code, said } = await endOf("main", "--data", home, "--port", String(port));
  expect(code).toBe(1);
  expect(said).toBe(
    `I cannot listen on 127.0.0.1, port ${port}: another program is already using it. Choose another with --port or PEERLAB_HOST.`,
  );
  other.close();
  await rm(home, { recursive: true });
});
