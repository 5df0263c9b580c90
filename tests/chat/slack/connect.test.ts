import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../../commands/index.ts";
import { connectSlack } from "../../../src/chat/slack/connect.ts";
import { allScopes } from "../../../src/chat/slack/scopes.ts";
import { type SlackDouble, startSlack } from "../../helpers/slack/double.ts";
import { whyNoSlack } from "../../helpers/slack/localSlack.ts";
import { BOT, CHANNEL, slackConfig } from "../../helpers/slack/workspace.ts";

const why = whyNoSlack();

describe.skipIf(why)(`connecting Slack${why ? ` (not here: ${why})` : ""}`, () => {
  let slack: SlackDouble;
  let granted: readonly string[] = allScopes;
  beforeAll(async () => {
    const config = slackConfig({ botToken: "xoxb-secret-1", appToken: "xapp-secret-1" });
    const before = async ({ method }: { method: string }) => {
      if (method !== "auth.test") return undefined;
      const who = { ok: true, url: "https://study.slack.com/", team: "Study", user: "peerlab", team_id: "T01", user_id: BOT };
      return Response.json(who, { headers: { "x-oauth-scopes": granted.join(",") } });
    };
    slack = await startSlack({ config, before });
  });
  afterAll(() => slack.stop());

  const walk = async (env: Record<string, string>, answers: readonly string[]) => {
    const [said, kept, left] = [[] as string[], {} as Record<string, string>, [...answers]];
    const isDone = await connectSlack({
      ...{ env: { SLACK_API_URL: slack.apiUrl, ...env }, commands },
      say: (line) => void said.push(line),
      ask: async () => left.shift() ?? "",
      keep: async (name, value) => {
        kept[name] = value;
      },
    });
    const all = said.join("\n");
    expect(all).not.toContain("secret");
    return { isDone, said: all, kept };
  };

  it("goes from nothing to a hello, and keeps what was typed", async () => {
    const { isDone, said, kept } = await walk({}, ["xoxb-secret-1", "xapp-secret-1", CHANNEL]);
    expect(said).toContain('"slash_commands"');
    expect(said).toContain("peerlab in Study");
    expect(said).toContain(`Said hello in ${CHANNEL}`);
    expect(kept).toEqual({ SLACK_BOT_TOKEN: "xoxb-secret-1", SLACK_APP_TOKEN: "xapp-secret-1" });
    expect(isDone).toBe(true);
    expect((await slack.messages(CHANNEL)).at(-1)?.text).toContain("I am Peerlab");
  });

  it("says exactly which rights are missing", async () => {
    granted = allScopes.filter((it) => it !== "files:read" && it !== "channels:join");
    const { isDone, said } = await walk({ SLACK_BOT_TOKEN: "xoxb-secret-1", SLACK_APP_TOKEN: "xapp-secret-1" }, []);
    expect(said).toMatch(/Missing scope files:read: .*\n.*|Missing scope channels:join/);
    expect(said).toContain("Still missing: channels:join, files:read.");
    expect(isDone).toBe(false);
    granted = allScopes;
  });

  it("knows a token that is wrong, and one that is of another kind", async () => {
    const wrong = await walk({ SLACK_BOT_TOKEN: "xoxb-secret-1", SLACK_APP_TOKEN: "xapp-secret-wrong" }, []);
    expect(wrong.said).toContain("✗ SLACK_APP_TOKEN: Slack does not know this token");
    const swapped = await walk({ SLACK_BOT_TOKEN: "xoxb-secret-1" }, ["xoxb-secret-1"]);
    expect(swapped.said).toContain("does not begin with xapp-");
    expect(swapped.kept).toEqual({});
  });
});
