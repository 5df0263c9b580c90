import { z } from "zod";
import { command } from "../src/chat/command.ts";
import { layerTable } from "../src/draw/layerTable.ts";
import { UserError } from "../src/errors.ts";
import { findName, nearestNames } from "../src/models/names.ts";
import { describe } from "../src/nets/backends/describe.ts";
import { findNet, nets } from "../src/nets/index.ts";
import type { Net } from "../src/nets/net.ts";
import { countParameters } from "../src/nets/parameter.ts";
import { short } from "../src/numbers.ts";
import { type Table, tableIn } from "../src/table.ts";
import type { Language } from "../src/text.ts";

const labelOf = (name: string) => {
  const net = findNet(name) ?? nets[0];
  const facts = `${name} · ${net?.paper.year} · ${net?.size}×${net?.size}`;
  return { en: facts, ko: facts };
};

const netNames = nets.map(({ name }) => name);

/** The network that somebody means. */
const chosen = (typed: string) => {
  const net = findNet(findName(typed, netNames) ?? "");
  if (!net)
    throw new UserError("not_a_choice", {
      name: "net",
      ko: "신경망",
      got: typed,
      near: nearestNames(typed, netNames),
      known: netNames,
    });
  return net;
};

/** What a network is that was only built to compare with its twin. */
const plainTwin = (twin: string) => ({
  en: `This is the plain twin of ${twin}: the same layers without the shortcuts, for comparison.`,
  ko: `${twin}에서 스킵 연결만 뺀 쌍둥이 모델이에요. 레이어는 같으니 서로 비교해 보세요.`,
});

const share = (of: number, all: number): string => (of > 0 ? `${Math.max(0.1, (100 * of) / all).toFixed(1)} %` : "–");

/** A network's layers with what each costs, blocks alike in one row. */
const tableOf = (net: Net, lang: Language): Table => {
  const { layers, macs: allMacs } = describe(net);
  return tableIn(
    lang,
    [
      { en: "Layer", ko: "레이어" },
      { en: "Output", ko: "출력", right: true },
      { en: "Parameters", ko: "파라미터", right: true },
      { en: "MACs", ko: "MACs", right: true },
      { en: "Share", ko: "비율", right: true },
    ],
    layerTable(layers).map(({ name, times, output, parameters, macs }) => [
      times > 1 ? `${name[lang]} (×${times})` : name[lang],
      output.join("×"),
      parameters > 0 ? short(parameters) : "–",
      macs > 0 ? short(macs) : "–",
      share(macs, allMacs),
    ]),
  );
};

/** How a network is built, what is new about its family, and what the group can learn from it. */
export const arch = command({
  name: "arch",
  ko: "구조",
  about: { en: "See how a CNN is built, and what its family taught", ko: "CNN의 구조와 그 계열이 남긴 교훈 보기" },
  options: {
    net: {
      kind: "choice",
      ko: "신경망",
      about: { en: "which network: resnet20, googlenet, plain20 …", ko: "신경망 이름. 예: resnet20, googlenet, plain20" },
      among: async () => netNames.map((name) => ({ value: name, label: labelOf(name) })),
      required: true,
    },
  },
  data: z.object({
    net: z.string(),
    family: z.string(),
    parameters: z.int().describe("trained numbers and a whitening layer's fixed ones, without moving averages"),
    macs: z.int().describe("multiply-accumulates for one picture"),
    layers: z
      .array(
        z.object({
          path: z.string(),
          kind: z.string(),
          output: z.array(z.int()).describe("[height, width, channels] or [features]"),
          parameters: z.int(),
          macs: z.int(),
        }),
      )
      .describe("in the order of computing, also where the picture folds several into a row; none that exist only in training"),
  }),
  run: async ({ lang }, { net }) => ({ job: "arch", input: { net: chosen(net).name, lang } }),
  answer: async ({ lang }, { net: name }, { output: { picture } }) => {
    const net = chosen(name);
    const { parameters, macs, layers } = describe(net);
    const { title, authors, year, link } = net.paper;
    const [first = "", ...others] = authors.split(", ");
    const by = others.length > 0 ? { en: `${first} and others`, ko: `${first} 외` }[lang] : first;
    const cost = {
      en: `${short(parameters)} parameters, ${short(macs)} multiply-adds per picture`,
      ko: `파라미터 ${short(parameters)}, 사진 한 장에 연산량 ${short(macs)} MACs`,
    }[lang];
    const text = [
      `**${net.name}** · ${cost}`,
      `${title} (${by}, ${year})`,
      ...(net.plainTwinOf ? [plainTwin(net.plainTwinOf)[lang]] : []),
      ...(net.variant ? [net.variant[lang]] : []),
      net.idea[lang],
      `**${{ en: "Lesson", ko: "교훈" }[lang]}** ${net.lesson[lang]}`,
      link,
    ].join("\n");
    const data = {
      net: net.name,
      family: net.family,
      parameters,
      macs,
      layers: layers.map((it) => ({
        path: it.path,
        kind: it.kind,
        output: [...it.output],
        parameters: countParameters(it.parameters),
        macs: it.macs,
      })),
    };
    return { text, table: tableOf(net, lang), pictures: [picture], data };
  },
});
