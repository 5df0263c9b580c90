import { describe, expect, it } from "vitest";
import { describeKernels } from "../../src/app/installation.ts";
import { oneDnnSetting, processorFrom } from "../../src/tf/processor.ts";

const cpuinfo = (model: string, flags: string) =>
  `processor\t: 0\nmodel name\t: ${model}\nflags\t\t: fpu sse2 ${flags}\nbugs\t\t: spectre_v1\n\nprocessor\t: 1\nflags\t\t: fpu\n`;
const zen3 = cpuinfo("AMD EPYC 7763", "sse4_2 avx avx2 fma");
const zen5 = cpuinfo("AMD EPYC", "sse4_2 avx avx2 avx512f avx512_vnni");
const sandyBridge = cpuinfo("Intel(R) Core(TM) i5-2500", "sse4_2 avx");
const graviton = "processor\t: 0\nFeatures\t: fp asimd evtstrm aes sve\n";

describe("oneDNN's kernels", () => {
  it("are switched on where there is AVX2, and nowhere else", () => {
    expect(oneDnnSetting(zen3, undefined)).toBe("1");
    expect(oneDnnSetting(zen5, undefined)).toBe("1");
    for (const other of [sandyBridge, graviton, ""]) expect(oneDnnSetting(other, undefined)).toBeUndefined();
  });

  it("stay as the user has set them", () => {
    expect(oneDnnSetting(zen3, "0")).toBe("0");
    expect(oneDnnSetting(sandyBridge, "1")).toBe("1");
  });
});

describe("the processor that trains", () => {
  it.each([
    ["AVX2 alone", zen3, "linked", undefined, { model: "AMD EPYC 7763", instructionSet: "AVX2", kernels: "oneDNN" }],
    ["AVX-512", zen5, "official", undefined, { model: "AMD EPYC", instructionSet: "AVX-512 VNNI", kernels: "oneDNN" }],
    ["oneDNN switched off", zen5, "linked", "0", { model: "AMD EPYC", instructionSet: "AVX-512 VNNI", kernels: "Eigen" }],
    ["no AVX2", sandyBridge, "linked", undefined, { instructionSet: "AVX", kernels: "Eigen" }],
    ["ARM, where TensorFlow decides", graviton, "linked", undefined, { instructionSet: "SVE" }],
    ["WASM", zen3, "wasm", undefined, { instructionSet: "AVX2", kernels: "XNNPACK" }],
  ] as const)("is described with %s", (_, text, way, setting, expected) => {
    expect(processorFrom(text, way, setting)).toMatchObject(expected);
  });

  it("is unknown where the system does not say", () => expect(processorFrom("", "official", undefined)).toEqual({}));

  it("stands in /status in both languages", () => {
    const { en, ko } = describeKernels(processorFrom(zen3, "linked", undefined));
    expect(en).toBe("Training's processor: AMD EPYC 7763, AVX2; kernels: oneDNN");
    expect(ko).toBe("학습용 프로세서: AMD EPYC 7763, AVX2, 커널: oneDNN");
  });
});
