/** How BullMQ words the death of a child process, by the signal it died of. */
export const TIME_OUT = /signal: SIGXCPU/;
export const OTHERS_KILL = /signal: SIG(KILL|TERM|INT|HUP)/;
export const CRASH = /Unexpected exit code/;
