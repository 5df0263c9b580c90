import { expect, it } from "vitest";
import { loadConfig } from "../src/config.ts";

it("needs nothing", () => expect(loadConfig({})).toMatchObject({ host: "127.0.0.1", port: 3000, redisUrl: undefined }));

it("reports every problem at once", () => {
  expect(() => loadConfig({ PEERLAB_PORT: "many", REDIS_URL: "http://x" })).toThrow(/PEERLAB_PORT.*REDIS_URL/s);
});

it.each(["0.0.0.0", "192.168.0.7", "::"])("refuses to be reachable at %s without a token", (host) => {
  expect(() => loadConfig({ PEERLAB_HOST: host })).toThrow(/PEERLAB_WEB_TOKEN/);
  expect(loadConfig({ PEERLAB_HOST: host, PEERLAB_WEB_TOKEN: "0123456789abcdef" }).host).toBe(host);
});

it("keeps secrets from worker children, where peers' models run", () => {
  const { childEnvironment } = loadConfig({
    PATH: "/bin",
    PEERLAB_WEB_TOKEN: "0123456789abcdef",
    REDIS_URL: "redis://:secret@h",
    DISCORD_TOKEN: "x",
  });
  expect(childEnvironment).toEqual({ PATH: "/bin" });
});

it("goes on reading a setting by its former name, and says what it is called now", () => {
  const { imageChildren, notices } = loadConfig({ PEERLAB_STUDIO_CHILDREN: "3" });
  expect(imageChildren).toBe(3);
  expect(notices).toEqual(["PEERLAB_STUDIO_CHILDREN is called PEERLAB_IMAGE_CHILDREN now; please rename it"]);
  expect(() => loadConfig({ PEERLAB_STUDIO_CHILDREN: "none" })).toThrow(/PEERLAB_IMAGE_CHILDREN.*"none"/);
});

it("is on Discord with its token, and on Slack with one token more or a signing secret", () => {
  expect(loadConfig({})).toMatchObject({ discord: undefined, slack: undefined });
  expect(loadConfig({ DISCORD_TOKEN: "d" }).discord).toEqual({ token: "d", apiUrl: undefined });
  expect(loadConfig({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" }).slack?.mode).toEqual({
    socket: { appToken: "xapp-1" },
  });
  expect(loadConfig({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s", SLACK_PORT: "4001" }).slack?.mode).toEqual({
    http: { signingSecret: "s", port: 4001 },
  });
  expect(() => loadConfig({ SLACK_BOT_TOKEN: "xoxb-1" })).toThrow(/SLACK_APP_TOKEN/);
});

it("says that a token is wrong without saying the token", () => {
  expect(() => loadConfig({ SLACK_BOT_TOKEN: "hunter2" })).toThrow(/SLACK_BOT_TOKEN/);
  expect(() => loadConfig({ SLACK_BOT_TOKEN: "hunter2" })).not.toThrow(/hunter2/);
});
