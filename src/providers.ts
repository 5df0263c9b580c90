/** Where ONNX Runtime may compute. WebGPU is in its npm package; CUDA needs `npm rebuild onnxruntime-node` as `.npmrc` says. */
export const providerNames = ["cpu", "webgpu", "cuda"] as const;
export type ProviderName = (typeof providerNames)[number];

let chosen: readonly ProviderName[] = ["cpu"];

/** Called once, by the entry point of a worker child, before the first session. Best first: what one cannot run, the next does. */
export const useProviders = (names: readonly ProviderName[]): void => {
  chosen = names;
};
/** The execution providers of this process, best first. */
export const providers = (): readonly ProviderName[] => chosen;
