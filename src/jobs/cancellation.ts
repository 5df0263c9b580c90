import type { Job } from "bullmq";

/** What the data of a job has besides its input once its asker has stopped it. Contracts' schemas leave it out. */
const CANCELLED = "peerlab:cancelled";

/** Whether its asker has stopped a job. It is kept with the job, so that whoever takes the job up again after a restart knows. */
export const isCancelled = ({ data }: Pick<Job, "data">): boolean => data?.[CANCELLED] === true;

/** Notes that its asker has stopped a job. */
export const noteCancelled = (job: Job): Promise<void> => job.updateData({ ...job.data, [CANCELLED]: true });
