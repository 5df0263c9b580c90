import { closeSync, constants, existsSync, openSync, statSync } from "node:fs";
import { libc } from "../libc.ts";

/** What a process may do with files; everything else is refused by the kernel. Paths that do not exist are passed over. */
export interface FileRules {
  read: readonly string[];
  /** Read, and run as a program. */
  run: readonly string[];
  /** Read, change, make and take away. */
  write: readonly string[];
}

/** Numbers of the system calls, the same on x64 and arm64: Documentation/userspace-api/landlock.rst of Linux. */
const CREATE_RULESET = 444;
const ADD_RULE = 445;
const RESTRICT_SELF = 446;
const GET_VERSION = 1;
const PATH_BENEATH = 1;

/** The rights, bit by bit as in linux/landlock.h, each with the version of Landlock's interface that brought it. */
const EXECUTE = 1n << 0n;
const WRITE_FILE = 1n << 1n;
const READ_FILE = 1n << 2n;
const READ_DIR = 1n << 3n;
const FIRST = (1n << 13n) - 1n; // version 1: the above, and removing and making of every kind
const REFER = 1n << 13n; // version 2: moving from one folder to another
const TRUNCATE = 1n << 14n; // version 3
const IOCTL_DEV = 1n << 15n; // version 5
const MAKE_CHAR = 1n << 6n;
const MAKE_BLOCK = 1n << 11n;
/** Version 6: no signals to processes outside, no sockets without a path of theirs. */
const SCOPE_ALL = 3n;
/** What can be said of a single file; the kernel refuses a rule that speaks of folders there. */
const OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV;

/** The version of Landlock's interface, or 0 where the system has none: not Linux, before 5.13, or switched off. */
export const landlockVersion = (): number =>
  Math.max(0, libc?.syscall?.withPointerFirst(CREATE_RULESET, null, 0, GET_VERSION) ?? 0);

/**
 * Confines the calling thread, and every thread and process that it begins from now on, to these files. There is no way back. It
 * says nothing about threads that run already, so it must be called before any of those that open files.
 */
export const confineFiles = (rules: FileRules): void => {
  const version = landlockVersion();
  const handled = FIRST | (version >= 2 ? REFER : 0n) | (version >= 3 ? TRUNCATE : 0n) | (version >= 5 ? IOCTL_DEV : 0n);
  const attributes = Buffer.alloc(version >= 6 ? 24 : version >= 4 ? 16 : 8); // files, network, scopes: 8 bytes each
  attributes.writeBigUInt64LE(handled, 0);
  if (version >= 6) attributes.writeBigUInt64LE(SCOPE_ALL, 16);
  const ruleset = checked(libc?.syscall?.withPointerFirst(CREATE_RULESET, attributes, attributes.length, 0));
  const allow = (paths: readonly string[], rights: bigint) => {
    for (const path of paths.filter((it) => existsSync(it))) {
      const fd = openSync(path, constants.O_RDONLY | O_PATH);
      const rule = Buffer.alloc(12); // packed: rights, then the folder's file descriptor
      rule.writeBigUInt64LE(rights & handled & (statSync(path).isDirectory() ? ~0n : OF_FILES), 0);
      rule.writeInt32LE(fd, 8);
      checked(libc?.syscall?.withPointerThird(ADD_RULE, ruleset, PATH_BENEATH, rule, 0));
      closeSync(fd);
    }
  };
  allow(rules.read, READ_FILE | READ_DIR);
  allow(rules.run, READ_FILE | READ_DIR | EXECUTE);
  allow(rules.write, handled & ~(EXECUTE | MAKE_CHAR | MAKE_BLOCK));
  checked(libc?.syscall?.withPointerThird(RESTRICT_SELF, ruleset, 0, null, 0));
  closeSync(ruleset);
};

/** Opens a place without reading it, which needs no right to. Not among Node's constants; the same on x64 and arm64. */
const O_PATH = 0o10000000;

const checked = (result = -1): number => {
  if (result < 0) throw new Error(`Expected Landlock to confine this process, got ${libc?.errorName()}`);
  return result;
};
