import { spawnSync } from "node:child_process";

/** Whether python3 has all of these modules: reference implementations that some tests compare with. */
export const pythonHas = (...modules: string[]): boolean =>
  spawnSync(
    "python3",
    ["-c", `import importlib.util, sys; sys.exit(any(importlib.util.find_spec(it) is None for it in sys.argv[1:]))`, ...modules],
    { stdio: "ignore" },
  ).status === 0;

/** Runs a script that lies in this folder. Throws with what it said when it fails. */
export const python = (script: string, ...args: string[]): void => {
  const { status, stderr, error } = spawnSync("python3", [`${import.meta.dirname}/${script}`, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`, { cause: error });
};
