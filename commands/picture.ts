import { z } from "zod";
import { allCommands, command } from "../src/chat/command.ts";
import { filesTaken } from "../src/chat/options.ts";
import type { Button } from "../src/reply.ts";
import { labelButtons } from "./parts/labelButtons.ts";

/** What can be done with a picture, to tap: meant by a picture that comes without a command. */
export const picture = command({
  name: "picture",
  ko: "사진",
  about: { en: "What I can do with your picture, to tap", ko: "사진으로 할 수 있는 일을 버튼으로 보기" },
  options: {
    image: { kind: "image", ko: "사진", about: { en: "your picture", ko: "사진" }, required: true },
  },
  pictureAlone: true,
  data: z.object({
    commands: z.array(z.string()).describe("what the first buttons do, in their order; further ones label the picture"),
  }),
  run: async (context, { image }) => {
    const { services, lang } = context;
    // Those in the menu of a message; one that has to be told more needs more than a tap.
    const offered = allCommands(services.commands).flatMap(({ path, command: { message, options } }) => {
      const needed = Object.entries(options).filter(([, it]) => it.required);
      const [slot] = needed[0] ?? [];
      const takesIt = needed.length === 1 && slot !== undefined && needed.every(([, it]) => filesTaken(it) > 0);
      return message && takesIt ? [{ path, label: message[lang], slot }] : [];
    });
    const buttons = offered.map(({ path, label, slot }): Button => ({ label, command: path, args: { [slot]: image } }));
    const text = {
      en: "Nice picture! What shall I do with it? You can also reply to it with any command, such as `/label class:cat`.",
      ko: "사진을 받았어요! 무엇을 해 볼까요? `/라벨 클래스:고양이` 같은 명령을 답장으로 보내도 돼요.",
    };
    return {
      text: text[lang],
      buttons: [...buttons, ...(await labelButtons(context, image, buttons))],
      data: { commands: offered.map((it) => it.path) },
    };
  },
});
