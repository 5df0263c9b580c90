import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import type { Convolution, convolutionErrors } from "./convolutionErrors.ts";

/** What `convolutionErrors` comes to: some 1e-5 at most. */
export const noErrors: ReturnType<typeof convolutionErrors> = {
  output: expect.closeTo(0, 4),
  input: expect.closeTo(0, 4),
  filter: expect.closeTo(0, 4),
};

/** `convolutionErrors` in a process that may use no more than an instruction set, by oneDNN's name of it. */
export const errorsHeldTo = async (instructions: string, convolutions: readonly Convolution[]) => {
  const program = join(import.meta.dirname, "convolutionErrors.ts");
  const env = { ...process.env, ONEDNN_MAX_CPU_ISA: instructions };
  const { stdout } = await promisify(execFile)("npx", ["tsx", program, JSON.stringify(convolutions)], { env });
  return JSON.parse(stdout) as ReturnType<typeof convolutionErrors>[];
};
