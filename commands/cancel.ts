import { z } from "zod";
import { type CommandContext, command } from "../src/chat/command.ts";
import { viewerOf } from "../src/chat/request.ts";
import { UserError } from "../src/errors.ts";
import { ago, shortId } from "./parts/requests.ts";

/** How many of a channel's requests are looked through for somebody else's. */
const SEARCHED = 100;

/** What the asker waits for in this group, oldest first, without the request that asks. */
const waitingOf = async ({ id, store, user, place }: CommandContext) =>
  (await store.requests.waiting({ userId: user.id, groupId: place.group })).filter((it) => it.id !== id);

/** Refuses to stop somebody else's request, where there is one under this id that the asker sees. */
const refuseOthers = async (context: CommandContext, id: string): Promise<void> => {
  const recent = await context.store.requests.recent(context.place, SEARCHED);
  const found = recent.find((it) => it.status === "waiting" && !it.ephemeral && it.id.startsWith(id));
  if (found && found.userId !== context.user.id)
    throw new UserError("not_your_request", { id: shortId(found.id), by: found.userName });
};

/** Stops one of the asker's waiting requests: the newest, or the one whose id begins as given. */
export const cancel = command({
  name: "cancel",
  ko: "취소",
  about: { en: "Stop your newest request, or the one with this id", ko: "가장 최근 요청이나 이 번호의 요청을 멈추기" },
  options: {
    id: {
      kind: "text",
      ko: "번호",
      about: { en: "the first characters of its id, as /history shows them", ko: "/요청기록에 나오는 번호의 앞부분" },
      suggest: async (context) =>
        (await waitingOf(context)).reverse().map(({ id, command, asked }) => ({
          value: shortId(id),
          label: { en: `/${command}, ${ago(asked, context.now).en}`, ko: `/${command}, ${ago(asked, context.now).ko}` },
        })),
    },
  },
  ephemeral: true,
  data: z.object({
    cancelled: z.string().describe("the id of the request that was stopped"),
    stopping: z.boolean().describe("it runs still, and what it has learned so far follows as its own answer"),
  }),
  run: async (context, { id = "" }) => {
    const newest = (await waitingOf(context)).filter((it) => it.id.startsWith(id)).at(-1);
    if (!newest && id !== "") await refuseOthers(context, id);
    const how = newest && (await context.services.cancel(newest.id, viewerOf(context)));
    if (!newest || !how) throw new UserError("not_waiting", { id });
    const [name, short] = [`/${newest.command}`, `\`${shortId(newest.id)}\``];
    const text = {
      cancelled: { en: `Stopped ${name} (${short}).`, ko: `${name} 작업(${short})을 멈췄어요.` },
      stopping: {
        en: `Stopping ${name} (${short}); what it learned so far follows.`,
        ko: `${name} 작업(${short})을 멈추는 중이에요. 지금까지 학습한 결과를 곧 보여 드릴게요.`,
      },
    }[how];
    return { text: text[context.lang], data: { cancelled: newest.id, stopping: how === "stopping" } };
  },
});
