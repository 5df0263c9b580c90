import type { Blobs } from "../blobs/blobs.ts";
import type { Picture } from "../files.ts";
import type { Progress } from "../jobs/progress.ts";
import type { Log } from "../log.ts";
import { placeOf, type RequestRow } from "../store/requests.ts";
import type { Store } from "../store/store.ts";
import type { Text } from "../text.ts";
import type { Events, RequestProgress } from "./events.ts";

const ordinal = (n: number) => {
  const isTeen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${(isTeen ? undefined : { 1: "st", 2: "nd", 3: "rd" }[n % 10]) ?? "th"}`;
};
const atPlace = (place: number): Text => ({ en: `${ordinal(place)} in the queue`, ko: `대기 ${place}번째` });
const beginning: Text = { en: "starting", ko: "시작하는 중" };
const stopping: Text = {
  en: "stopping; what was learned so far follows",
  ko: "멈추는 중, 지금까지 학습한 결과를 곧 보여 드려요",
};

/** What is known of a request whose work this process has begun. */
interface Known {
  row: RequestRow;
  shown: Progress;
  /** It has not begun, and what is shown says so. */
  isWaiting: boolean;
  isStopping: boolean;
  /** Ends when the newest picture can be seen. */
  pictured: Promise<void>;
}

/** How far each waiting request is, as its asker's chat shows it: one state a request, of which every change is an event. */
export interface RequestsProgress {
  /** From now on this request's progress is shown. */
  begin(row: RequestRow): void;
  /** Takes in what a job reports. A picture stays until another takes its place. */
  report(request: string, progress: Progress): void;
  /** Says at which place from 1 a request waits in its queue; undefined when it no longer waits there. */
  wait(request: string, place: number | undefined): void;
  /** Says that its asker has stopped a request whose answer is still to come. */
  stop(request: string): void;
  /** A request is answered: nothing more is shown. */
  end(request: string): void;
  /** A request that has begun and is not answered, as it was kept. */
  waiting(request: string): RequestRow | undefined;
  /** What is shown of a request now; nothing while there is nothing to show. */
  now(request: string): RequestProgress | undefined;
}

export const openProgress = (parts: {
  store: Pick<Store, "requests">;
  blobs: Pick<Blobs, "remove">;
  events: Pick<Events, "progress">;
  log: Log;
}): RequestsProgress => {
  const { store, blobs, events, log } = parts;
  const all = new Map<string, Known>();

  const now = (request: string): RequestProgress | undefined => {
    const known = all.get(request);
    if (!known) return undefined;
    const { row, shown, isStopping } = known;
    const { done, of, picture } = shown;
    const note = isStopping ? stopping : shown.note;
    if (of === 0 && !note) return undefined;
    return {
      ...{ request, place: placeOf(row), done, of, note: note?.[row.lang] ?? "" },
      ...(picture && { picture }),
      ...(isStopping && { stopping: true as const }),
      ...(row.ephemeral && { visibleTo: row.userId }),
    };
  };
  const show = (request: string) => {
    const progress = now(request);
    if (progress) events.progress(progress);
  };

  /** Lets those who see the request see its newest picture, and takes the one before it away. */
  const put = async (request: string, known: Known, picture: Picture) => {
    for (const free of await store.requests.picture(request, picture.blob)) await blobs.remove(free);
    if (all.get(request) !== known) return;
    known.shown = { ...known.shown, picture };
    show(request);
  };

  return {
    begin: (row) => {
      const nothing = { shown: { done: 0, of: 0 }, isWaiting: true, isStopping: false, pictured: Promise.resolve() };
      all.set(row.id, { ...(all.get(row.id) ?? nothing), row });
    },
    report: (request, { picture, ...progress }) => {
      const known = all.get(request);
      if (!known) return;
      const before = known.shown.picture;
      known.isWaiting = false;
      known.shown = { ...progress, ...(before && { picture: before }) };
      show(request);
      if (!picture || picture.blob === before?.blob) return;
      // One after the other, so that the newest stays.
      known.pictured = known.pictured
        .then(() => put(request, known, picture))
        .catch((err: unknown) => log.warn({ err, request }, "a picture of a request's progress is not shown"));
    },
    wait: (request, place) => {
      const known = all.get(request);
      // It may have said more than that it begins.
      if (!known || (place === undefined && !known.isWaiting)) return;
      known.isWaiting = place !== undefined;
      const { picture } = known.shown;
      known.shown = { done: 0, of: 0, note: place === undefined ? beginning : atPlace(place), ...(picture && { picture }) };
      show(request);
    },
    stop: (request) => {
      const known = all.get(request);
      if (!known) return;
      known.isStopping = true;
      show(request);
    },
    end: (request) => void all.delete(request),
    waiting: (request) => all.get(request)?.row,
    now,
  };
};
