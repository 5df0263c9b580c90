import { Child, ChildPool, Worker } from "bullmq";

/**
 * BullMQ's child process, whose end is heard of whenever it comes. As BullMQ 6.7 has it, one that dies while it starts leaves its job
 * active for good, since nobody listens for its exit yet; and a message to one that has just died rejects where nobody listens, which ends
 * the host.
 */
class HeardChild extends Child {
  override async init(): Promise<void> {
    // A process that could not be started says so, and then that it is closed, which BullMQ does hear.
    this.on("error", () => {});
    const ended = new Promise<never>((_, reject) => {
      this.once("exit", (code, signal) => reject(new Error(`Unexpected exit code: ${code} signal: ${signal}`)));
    });
    ended.catch(() => {});
    await Promise.race([super.init(), ended]);
  }

  /** What cannot be sent is followed by the child's end, and that is what its job fails with. */
  override async send(message: unknown): Promise<void> {
    await super.send(message).catch(() => this.childProcess.kill("SIGKILL"));
  }
}

type PoolOptions = ConstructorParameters<typeof ChildPool>[0];

/** BullMQ's warm children of a queue, each a `HeardChild`. */
class HeardChildPool extends ChildPool {
  readonly #options: PoolOptions;

  constructor(options: PoolOptions) {
    super(options);
    this.#options = options;
  }

  async #start(processFile: string): Promise<Child> {
    const { mainFile = "", ...options } = this.#options;
    const child = new HeardChild(mainFile, processFile, options);
    child.on("exit", () => this.remove(child));
    try {
      await child.init();
      return child;
    } catch (error) {
      if (child.childProcess?.pid !== undefined) await this.kill(child);
      throw error;
    }
  }

  override async retain(processFile: string): Promise<Child> {
    const child = this.getFree(processFile).pop() ?? (await this.#start(processFile));
    this.retained[child.pid] = child;
    return child;
  }
}

/** BullMQ's worker, over such children where its jobs run in processes of their own. */
export class HeardWorker extends Worker {
  protected override createSandbox(processor: Parameters<Worker["createSandbox"]>[0]): void {
    const made = this as unknown as { childPool: { opts: PoolOptions } };
    Object.assign(this, { childPool: new HeardChildPool(made.childPool.opts) });
    super.createSandbox(processor);
  }
}
