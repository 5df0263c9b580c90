import type { Layer } from "../nets/backends/describe.ts";
import type { Language, Text } from "../text.ts";
import type { Join, Part, Tone } from "./archFlow.ts";

/** A diagram before it knows its network: `layer` is a path within `block`, whose numbers come from the network itself. */
export type Sketch =
  | { layer: string }
  | { box: Text; note?: Text; tone: Tone; kernel?: number }
  | { port: Text }
  | { branches: readonly (readonly Sketch[])[]; join: Join; side?: Text; heads?: readonly Text[]; broken?: boolean };

const words = {
  conv: { en: "conv", ko: "합성곱" },
  depthwise: { en: "depthwise", ko: "깊이별 합성곱" },
  dense: { en: "dense", ko: "완전 연결" },
};

/** A layer of the network as a box: its window, and how many channels go in and come out. */
const boxOf = (path: string, layers: readonly Layer[], lang: Language): Part => {
  const found = layers.find((it) => it.path === path);
  const kernel = found?.parameters.find((it) => it.kind === "kernel");
  if (!found || !kernel) throw new Error(`Expected a layer with a kernel at ${path}`);
  const side = found.kind === "conv" ? (kernel.shape[0] as number) : undefined;
  const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
  const depthwise = side !== undefined && inputs === 1;
  const word = side === undefined ? words.dense : depthwise ? words.depthwise : words.conv;
  return {
    box:
      side === undefined
        ? word[lang]
        : depthwise && lang === "en"
          ? `${word.en} ${side}×${side}`
          : `${side}×${side} ${word[lang]}`,
    note: depthwise ? `${outputs}` : `${inputs} → ${outputs}`,
    tone: !kernel.trained ? "frozen" : side === undefined ? "dense" : "conv",
    ...(side !== undefined && { kernel: side }),
  };
};

/** A sketch with a network's numbers and one language's words filled in. */
export const fillIn = (flow: readonly Sketch[], block: string, layers: readonly Layer[], lang: Language): readonly Part[] =>
  flow.map((it): Part => {
    if ("layer" in it) return boxOf(block ? `${block}/${it.layer}` : it.layer, layers, lang);
    if ("port" in it) return { port: it.port[lang] };
    if ("box" in it) return { ...it, box: it.box[lang], note: it.note?.[lang] } as Part;
    const { branches, side, heads, ...rest } = it;
    return {
      ...rest,
      branches: branches.map((branch) => fillIn(branch, block, layers, lang)),
      ...(side && { side: side[lang] }),
      ...(heads && { heads: heads.map((head) => head[lang]) }),
    };
  });
