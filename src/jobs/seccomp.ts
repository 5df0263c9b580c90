import { libc } from "../libc.ts";

/** Of linux/audit.h and the system calls' tables. */
const machines: Readonly<Partial<Record<NodeJS.Architecture, { audit: number; socket: number; seccomp: number }>>> = {
  x64: { audit: 0xc000003e, socket: 41, seccomp: 317 },
  arm64: { audit: 0xc00000b7, socket: 198, seccomp: 277 },
};
const IO_URING_SETUP = 425; // the same everywhere; a ring could open a socket behind the filter's back
const X32 = 0x40000000; // the second table of calls of x64 begins here

const SET_MODE_FILTER = 1;
const EVERY_THREAD = 1; // SECCOMP_FILTER_FLAG_TSYNC
const ALLOW = 0x7fff0000;
const REFUSE = 0x00050000 | 13; // SECCOMP_RET_ERRNO with EACCES
const KILL = 0x80000000;

/** Instructions of the classic Berkeley packet filter: load a word, jump if equal, jump if greater or equal, return. */
const LOAD = 0x20;
const IF_EQUAL = 0x15;
const IF_AT_LEAST = 0x35;
const RETURN = 0x06;
const CALL = 0; // offsets in struct seccomp_data
const MACHINE = 4;

/** Whether this processor's calls are known here, and the system has the filter. */
export const canRefuseNetwork = (): boolean =>
  process.platform === "linux" && machines[process.arch] !== undefined && Boolean(libc?.syscall);

/**
 * Refuses every new socket to all threads of this process and to whatever it starts, for ever: no network, and no way to the
 * sockets of other processes of this machine. Pipes, and the channel to the parent, are open already and stay.
 */
export const refuseNetwork = (): void => {
  const machine = machines[process.arch];
  if (!machine || !libc?.syscall) throw new Error(`Expected x64 or arm64 with a C library, got ${process.arch}`);
  const program: [code: number, ifTrue: number, ifFalse: number, value: number][] = [
    [LOAD, 0, 0, MACHINE],
    [IF_EQUAL, 1, 0, machine.audit],
    [RETURN, 0, 0, KILL], // a call by another machine's numbers, as 32-bit programs make on x64
    [LOAD, 0, 0, CALL],
    [IF_AT_LEAST, 3, 0, X32],
    [IF_EQUAL, 2, 0, machine.socket],
    [IF_EQUAL, 1, 0, IO_URING_SETUP],
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, REFUSE],
  ];
  const instructions = Buffer.alloc(8 * program.length);
  for (const [index, [code, ifTrue, ifFalse, value]] of program.entries()) {
    instructions.writeUInt16LE(code, 8 * index);
    instructions.writeUInt8(ifTrue, 8 * index + 2);
    instructions.writeUInt8(ifFalse, 8 * index + 3);
    instructions.writeUInt32LE(value, 8 * index + 4);
  }
  const filter = { len: program.length, filter: instructions };
  if (libc.syscall.withProgramThird(machine.seccomp, SET_MODE_FILTER, EVERY_THREAD, filter) !== 0)
    throw new Error(`Expected a filter of system calls, got ${libc.errorName()}`);
};
