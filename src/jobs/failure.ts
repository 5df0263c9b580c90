/** How BullMQ words the death of a child process, by the signal it died of. The first three are sent by its own watchdog. */
export const PROCESSOR_TIME = /signal: SIGXCPU/;
export const WALL_TIME = /signal: SIGALRM/;
export const MEMORY = /signal: SIGUSR2/;
export const OTHERS_KILL = /signal: SIG(KILL|TERM|INT|HUP)/;
export const CRASH = /Unexpected exit code/;
