import type { Layer } from "../nets/backends/describe.ts";
import type { Language, Text } from "../text.ts";
import type { Part, Tone } from "./archFlow.ts";
import type { Join } from "./archWires.ts";

/** `Join` in every language. */
type SketchJoin = Exclude<Join, object> | { word: Text };

/** A diagram before it knows its network: `layer` is a path within `block`, whose numbers come from the network itself. */
export type Sketch =
  | { layer: string }
  | { box: Text; note?: Text; tone: Tone; kernel?: number }
  | { port: Text }
  | { branches: readonly (readonly Sketch[])[]; join: SketchJoin }
  | { inner: readonly Sketch[]; bypass: { join: SketchJoin; note: Text } }
  | { inner: readonly Sketch[]; missing: { note: Text } }
  | { columns: readonly { head: Text; flow: readonly Sketch[] }[] };

const words = {
  conv: { en: "conv", ko: "합성곱" },
  depthwise: { en: "depthwise", ko: "뎁스와이즈 합성곱" },
  dense: { en: "dense", ko: "완전 연결" },
};

/** A layer of the network as a box: its window, and how many channels go in and come out. */
const boxOf = (path: string, layers: readonly Layer[], lang: Language): Part => {
  const layer = layers.find((it) => it.path === path);
  const kernel = layer?.parameters.find((it) => it.kind === "kernel");
  if (!layer || !kernel) throw new Error(`Expected a layer with a kernel at ${path}`);
  const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
  const note = `${inputs} → ${outputs}`;
  if (layer.kind !== "conv") return { box: words.dense[lang], note, tone: "dense" };
  const side = kernel.shape[0] as number;
  const tone = kernel.trained ? "conv" : "frozen";
  if (inputs > 1) return { box: `${side}×${side} ${words.conv[lang]}`, note, tone, kernel: side };
  const box = { en: `${words.depthwise.en} ${side}×${side}`, ko: `${side}×${side} ${words.depthwise.ko}` }[lang];
  return { box, note: `${outputs}`, tone, kernel: side };
};

/** A sketch with a network's numbers and one language's words filled in. */
export const fillIn = (flow: readonly Sketch[], block: string, layers: readonly Layer[], lang: Language): readonly Part[] => {
  const fill = (inside: readonly Sketch[]) => fillIn(inside, block, layers, lang);
  const joinOf = (join: SketchJoin): Join => (typeof join === "string" ? join : { word: join.word[lang] });
  return flow.map((it): Part => {
    if ("layer" in it) return boxOf(block ? `${block}/${it.layer}` : it.layer, layers, lang);
    if ("port" in it) return { port: it.port[lang] };
    if ("box" in it) {
      const { note, ...rest } = it;
      return { ...rest, box: it.box[lang], ...(note && { note: note[lang] }) };
    }
    if ("branches" in it) return { branches: it.branches.map(fill), join: joinOf(it.join) };
    if ("bypass" in it) return { inner: fill(it.inner), bypass: { join: joinOf(it.bypass.join), note: it.bypass.note[lang] } };
    if ("missing" in it) return { inner: fill(it.inner), missing: { note: it.missing.note[lang] } };
    return { columns: it.columns.map(({ head, flow }) => ({ head: head[lang], flow: fill(flow) })) };
  });
};
