import type { Database } from "./database.ts";
import { datasetsIn } from "./datasets.ts";
import { deliveriesIn } from "./deliveries.ts";
import { openErasure } from "./erasure.ts";
import { groupsIn } from "./groups.ts";
import { hypothesesIn } from "./hypotheses.ts";
import { labelsIn } from "./labels.ts";
import { messagesIn } from "./messages.ts";
import { modelsIn } from "./models.ts";
import { notesIn } from "./notes.ts";
import { peopleIn } from "./people.ts";
import { privacyIn } from "./privacy.ts";
import { openPruning } from "./pruning.ts";
import { quizIn } from "./quiz.ts";
import { recapsIn } from "./recaps.ts";
import { receiptsIn } from "./receipts.ts";
import { readable, unneeded, type Viewer } from "./references.ts";
import { requestsIn } from "./requests.ts";
import { runsIn } from "./runs.ts";
import { schedulesIn } from "./schedules.ts";
import { uploadsIn } from "./uploads.ts";

/** Everything the bot keeps, as the few questions it asks of its tables. */
export const openStore = (database: Database) => ({
  groups: groupsIn(database),
  people: peopleIn(database),
  requests: requestsIn(database),
  deliveries: deliveriesIn(database),
  receipts: receiptsIn(database),
  messages: messagesIn(database),
  models: modelsIn(database),
  labels: labelsIn(database),
  datasets: datasetsIn(database),
  runs: runsIn(database),
  quiz: quizIn(database),
  notes: notesIn(database),
  hypotheses: hypothesesIn(database),
  privacy: privacyIn(database),
  schedules: schedulesIn(database),
  recaps: recapsIn(database),
  uploads: uploadsIn(database),
  blobs: {
    /** Whether nothing refers to a blob any more, and nobody just sent it. */
    isUnneeded: async (blob: string): Promise<boolean> => (await unneeded(database, [blob])).length > 0,
    /** Those of some files that somebody may see in a group. */
    readable: (files: readonly { blob: string }[], viewer: Viewer): Promise<string[]> =>
      readable(
        database,
        files.map((file) => file.blob),
        viewer,
      ),
  },
  erasure: openErasure(database),
  pruning: openPruning(database),
});

export type Store = ReturnType<typeof openStore>;
