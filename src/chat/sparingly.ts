import type { RequestProgress } from "./events.ts";

interface Held {
  timer: NodeJS.Timeout;
  progress?: RequestProgress;
}

/**
 * Progress for a chat that takes few edits: of each request the first at once, then at most one in so many seconds, always the newest, and
 * none once it has its answer, whose message it could overwrite.
 */
export const sparingly = (listener: (progress: RequestProgress) => void, seconds: number) => {
  const requests = new Map<string, Held>();
  const release = (request: string) => {
    const progress = requests.get(request)?.progress;
    if (!progress) return void requests.delete(request);
    requests.set(request, { timer: setTimeout(release, seconds * 1000, request).unref() });
    listener(progress);
  };
  return {
    hear: (progress: RequestProgress): void => {
      const held = requests.get(progress.request);
      if (held) held.progress = progress;
      else {
        requests.set(progress.request, { timer: setTimeout(release, seconds * 1000, progress.request).unref() });
        listener(progress);
      }
    },
    end: (request: string): void => {
      clearTimeout(requests.get(request)?.timer);
      requests.delete(request);
    },
  };
};
