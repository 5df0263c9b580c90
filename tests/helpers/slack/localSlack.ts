import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { createRequire } from "node:module";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../processes.ts";

/** The double's Slack: one workspace with one app, its users and its channels. */
export interface SlackConfig {
  workspace: { name: string; domain: string; teamId: string };
  app: {
    appId: string;
    botUserId: string;
    botName: string;
    botToken: string;
    signingSecret: string;
    mode: "socket" | "events";
    appToken?: string;
    requestUrl?: string;
  };
  users: { id: string; name: string; real_name?: string }[];
  channels: { id: string; name: string; is_private?: boolean; members: string[] }[];
}

const findBinary = (): string | undefined => {
  try {
    return createRequire(import.meta.url).resolve("local-slack-linux-x64/bin/local-slack");
  } catch {
    return undefined;
  }
};

/** Why the double cannot run on this machine; undefined where it can. */
export const whyNoSlack = (): string | undefined => {
  if (!findBinary()) return "local-slack has a program for Linux on x64 only, and this machine is another";
  for (const program of ["unshare", "ip"])
    if (!["/usr/bin", "/bin", "/sbin", "/usr/sbin"].some((folder) => existsSync(join(folder, program))))
      return `the double of Slack needs \`${program}\`; on Debian: sudo apt-get install util-linux iproute2`;
  const tried = spawnSync("unshare", ["-rn", "--pid", "--fork", "true"]);
  return tried.status === 0
    ? undefined
    : "this machine gives no process a network of its own, in which the double of Slack would listen";
};

/** Starts local-slack, which listens on every address, where nobody else is; and leads the socket file and the bot's port in and out. */
const ENTER = `ip link set lo up; "$1" --config "$2/config.json" --port "$3" --base-host 127.0.0.1 --files-dir "$2/files" & exec node -e "$5" "$2" "$3" "$4"`;
const INSIDE = `const net = require("net"), [home, port, botPort] = process.argv.slice(1);
  const pipe = (a, b) => a.on("error", () => b.destroy()).pipe(b.on("error", () => a.destroy())).pipe(a);
  net.createServer((a) => pipe(a, net.connect(port, "127.0.0.1"))).listen(home + "/slack.sock");
  if (Number(botPort)) net.createServer((a) => pipe(a, net.connect(home + "/bot.sock"))).listen(botPort, "127.0.0.1");
  process.stdin.resume().on("close", () => process.exit());`;

export interface Answered {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/**
 * local-slack 0.1.8 in a network namespace of its own, reached over a socket file. `port` is that of the relay in front of it, and the one on
 * which it listens inside, so that every address it gives out is right as it is. It ends when this process ends, however that ends.
 */
export const startLocalSlack = async (config: SlackConfig, port: number, botPort: number) => {
  const binary = findBinary();
  if (!binary) throw new Error(whyNoSlack());
  const home = await mkdtemp(join(tmpdir(), "slack-"));
  const socketPath = join(home, "slack.sock");
  await writeFile(join(home, "config.json"), JSON.stringify(config));
  const inNamespace = ["-rn", "--pid", "--fork", "sh", "-c", ENTER, "sh", binary, home, port, botPort, INSIDE].map(String);
  const slack = spawn("unshare", inNamespace, { stdio: ["pipe", "ignore", "ignore"] });
  const wayOut = net
    .createServer((inside) => {
      const outside = net.connect(botPort, "127.0.0.1");
      inside
        .on("error", () => outside.destroy())
        .pipe(outside.on("error", () => inside.destroy()))
        .pipe(inside);
    })
    .listen(join(home, "bot.sock"));

  const forward = (method: string, path: string, headers: http.IncomingHttpHeaders = {}, body?: Buffer): Promise<Answered> =>
    new Promise((resolve, reject) => {
      http
        .request({ socketPath, method, path, headers }, async (answer) => {
          const parts = await answer.toArray().catch(reject);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts as Buffer[]) });
        })
        .on("error", reject)
        .end(body);
    });
  await until("local-slack", () => forward("GET", "/_control/state").catch(() => undefined));
  return {
    forward,
    socketPath,
    stop: async () => {
      slack.stdin.end();
      wayOut.close();
      if (slack.exitCode === null && slack.signalCode === null) await once(slack, "exit");
      await rm(home, { recursive: true, force: true });
    },
  };
};
export type LocalSlack = Awaited<ReturnType<typeof startLocalSlack>>;
