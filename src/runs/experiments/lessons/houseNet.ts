import type { Net } from "../../../nets/net.ts";
import { netNamed } from "../../netNamed.ts";
import type { PresetName } from "../../presets.ts";

const houseNets = { taste: "resnet8-16px", lesson: "resnet8", proper: "resnet20" } as const satisfies Record<PresetName, string>;

/** What a lesson about data trains: the network that gets the furthest within the preset. */
export const houseNet = (preset: PresetName): Net => netNamed(houseNets[preset]);
