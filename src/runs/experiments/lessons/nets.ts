import { findNet } from "../../../nets/index.ts";
import type { Net } from "../../../nets/net.ts";
import type { PresetName } from "../../presets.ts";

/** The network of this name, which a lesson knows that there is. */
export const netNamed = (name: string): Net => {
  const net = findNet(name);
  if (!net) throw new Error(`Expected a network ${name}`);
  return net;
};

const houseNets = { taste: "resnet8-16px", lesson: "resnet8", proper: "resnet20" } as const satisfies Record<PresetName, string>;

/** What a lesson about data trains: the network that gets the furthest within the preset. */
export const houseNet = (preset: PresetName): Net => netNamed(houseNets[preset]);
