import { describe, expect, it } from "vitest";
import { pressedOf as discordPress, pressId } from "../../src/chat/discord/customId.ts";
import { messageOf } from "../../src/chat/discord/message.ts";
import { actionOf, pressedOf as slackPress } from "../../src/chat/slack/actionId.ts";
import { blocksOf } from "../../src/chat/slack/blocks.ts";

const delivery = "0f8fad5b-d9cb-469f-a165-70867728950e";
const presses = [{ button: 0 }, { button: 24 }, { control: 1, value: 0.75 }, { control: 0, value: 0 }];
const part = {
  text: "a sheet",
  files: [],
  buttons: [
    { label: "Stronger", index: 0, value: 0.75 },
    { label: "Shuffle", index: 0 },
  ],
  menus: [{ label: "See one large", control: 1, choices: ["original", "rotate 27°"] }],
};

describe("what a press is known by", () => {
  it.each(presses)("on Discord, %o", (pressed) => {
    const id = pressId({ delivery, does: "place" as const, ...pressed });
    expect(discordPress(id)).toEqual({ delivery, does: "place" as const, ...pressed });
    expect(id.length).toBeLessThanOrEqual(100);
  });

  it.each(presses)("on Slack, %o", (pressed) => {
    expect(slackPress({ action_id: actionOf(pressed), value: delivery })).toEqual({ delivery, ...pressed });
    expect(slackPress({ action_id: "cancel", value: delivery })).toBeUndefined();
  });
});

describe("a menu of tiles", () => {
  it("on Discord stands above the buttons, and what is chosen comes with the press", async () => {
    const controls = [
      {
        label: "",
        command: "augment",
        args: {},
        option: "strength",
        inPlace: true,
        kind: "number",
        min: 0,
        max: 1,
        value: 0.5,
        steps: [],
      },
    ] as const;
    const { body } = await messageOf(part, { delivery, reply: { controls }, read: async () => Buffer.alloc(0) });
    const [menu, buttons] = body.components.map((it) => it.components);
    expect(menu).toMatchObject([
      {
        placeholder: "See one large",
        options: [
          { label: "original", value: "0" },
          { label: "rotate 27°", value: "1" },
        ],
      },
    ]);
    const ids = [...(menu ?? []), ...(buttons ?? [])].map((it) => it.custom_id);
    expect(ids.map((it) => discordPress(it, "1"))).toEqual([
      { delivery, does: "apart", control: 1, value: 1 },
      { delivery, does: "place", control: 0, value: 0.75 },
      { delivery, does: "apart", button: 0 },
    ]);
  });

  it("on Slack stands below them, and each choice says whose it is", () => {
    const actions = blocksOf(delivery, { ...part, sections: ["a sheet"] }, []).filter((it) => it.type === "actions");
    const [buttons, menu] = actions.map((it) => it.elements as unknown as Parameters<typeof slackPress>[0][]);
    expect(buttons?.map(slackPress)).toEqual([
      { delivery, control: 0, value: 0.75 },
      { delivery, button: 0 },
    ]);
    const [select] = (menu ?? []) as unknown as [{ action_id: string; options: { value: string }[] }];
    expect(select.options.map((option) => slackPress({ action_id: select.action_id, selected_option: option }))).toEqual([
      { delivery, control: 1, value: 0 },
      { delivery, control: 1, value: 1 },
    ]);
  });
});
