import { describe } from "../../../nets/backends/describe.ts";
import { short } from "../../../numbers.ts";
import type { Text } from "../../../text.ts";
import { netNamed } from "../../netNamed.ts";

/** What a network costs: trained numbers, and multiply-accumulates for one picture. */
export const costOf = (name: string): { parameters: number; macs: number } => {
  const { parameters, macs } = describe(netNamed(name));
  return { parameters, macs };
};

/** The same in words, with the network's name where its arm is called otherwise. */
export const costText = (net: string, arm = net): Text => {
  const { parameters, macs } = costOf(net);
  const name = arm === net ? "" : `${net} · `;
  return {
    en: `${name}${short(macs)} multiply-adds · ${short(parameters)} parameters`,
    ko: `${name}연산량 ${short(macs)} MACs · 파라미터 ${short(parameters)}`,
  };
};
