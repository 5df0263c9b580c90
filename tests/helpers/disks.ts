import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const can = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** Makes a small file system of its own, in memory. */
export const mountSmall = (
  megabytes: number,
  ...options: string[]
): { path: string; fill(): () => void; resize(megabytes: number): void; unmount(): void } => {
  const path = mkdtempSync(join(tmpdir(), "peerlab-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", [`size=${megabytes}m`, ...options].join(","), "tmpfs", path]);
  return {
    path,
    /** Writes until nothing more fits; what it returns makes room again. */
    fill: () => {
      const file = join(path, "filling");
      const fd = openSync(file, "w");
      for (let size = 1 << 20; size >= 1; ) {
        try {
          if (writeSync(fd, Buffer.alloc(size)) < size) size >>= 1;
        } catch {
          size >>= 1;
        }
      }
      closeSync(fd);
      return () => rmSync(file);
    },
    resize: (to) => execFileSync("mount", ["-o", `remount,size=${to}m`, path]),
    unmount: () => {
      execFileSync("umount", ["-l", path]);
      rmSync(path, { recursive: true });
    },
  };
};

/** Why small file systems cannot be tried here, or nothing. */
export const noSmallDisks = ((): string => {
  try {
    mountSmall(1).unmount();
    return "";
  } catch {
    return " (skipped: needs to mount a tmpfs, which only root may)";
  }
})();

/** Runs a command where processes have numbers of their own, as in a container. It ends with the process that this starts. */
export const inNamespace = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"] as const;

export const noNamespaces = can("unshare", ...inNamespace.slice(1), "true")
  ? ""
  : " (skipped: needs `unshare --pid`, which only root may)";
