import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Release } from "./lock.ts";

/** How often the holder says that it lives. */
const BEAT_MS = 1000;
/** After this many intervals without a beat the holder is taken for dead. */
const PATIENCE = 10;
/** A new holder waits this many intervals before it begins: within one, whoever held the lease before has noticed and stopped. */
const SETTLING = 3;

/** A line of the file: who holds the lease, and their how-many-eth beat. Always as long, so that one write replaces it whole. */
const lineOf = (holder: string, beat: number) => `${holder} ${String(beat).padStart(12, "0")}\n`;
const LENGTH = lineOf(randomUUID(), 0).length;
const FREE = `${" ".repeat(LENGTH - 1)}\n`;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const readLine = async (file: FileHandle): Promise<string> => {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(LENGTH), 0, LENGTH, 0);
  return buffer.toString("latin1", 0, bytesRead).trim();
};
const writeLine = (file: FileHandle, line: string) => file.write(line, 0, "latin1");

/** Whether the lease is free: it says so, or nothing was heard of its holder for long, by our own clock. Clocks are not compared. */
const isFree = async (file: FileHandle, beatMs: number): Promise<boolean> => {
  const before = await readLine(file);
  if (before === "") return true;
  const end = performance.now() + PATIENCE * beatMs;
  while (performance.now() < end) {
    await pause(beatMs / 2);
    if ((await readLine(file)) !== before) return false;
  }
  return true;
};

/**
 * A lock for where the system has none: a file in which the holder counts on. It is taken over once it has not changed for several
 * intervals. Of several who take it at once, the last to write keeps it; the others find that name when they look again. A holder
 * that finds another's name, or could not write for so long that it may be taken for dead, calls `onLost`.
 */
export const takeLease = async (path: string, onLost: () => void, beatMs = BEAT_MS): Promise<Release | undefined> => {
  const holder = randomUUID();
  const file = await open(path, constants.O_RDWR | constants.O_CREAT);
  const isOurs = async () => (await readLine(file)).startsWith(holder);
  try {
    if (!(await isFree(file, beatMs))) return void (await file.close());
    await writeLine(file, lineOf(holder, 0));
    await pause(SETTLING * beatMs);
    if (!(await isOurs())) return void (await file.close());
  } catch (error) {
    await file.close();
    throw error;
  }

  let beats = 0;
  let lastBeat = performance.now();
  let letGo = false;
  let waiting: NodeJS.Timeout | undefined;
  const beat = async () => {
    const ours = await isOurs().catch(() => undefined);
    const written = ours && (await writeLine(file, lineOf(holder, ++beats)).catch(() => undefined));
    // Also a beat that was written counts too late when it took too long: somebody may have taken over in between.
    if (ours === false || performance.now() - lastBeat > (PATIENCE / 2) * beatMs) {
      if (!letGo) onLost();
      return;
    }
    if (written) lastBeat = performance.now();
    if (!letGo) waiting = setTimeout(next, beatMs);
  };
  let beating = beat();
  const next = () => {
    beating = beat();
  };
  await beating;
  return async () => {
    letGo = true;
    clearTimeout(waiting);
    await beating;
    if (await isOurs()) await writeLine(file, FREE);
    await file.close();
  };
};
