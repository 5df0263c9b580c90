import { workerData } from "node:worker_threads";
import { drawSlice, type Slice } from "./drawSlice.ts";

// The other threads of `drawShapesTogether`: draws its share into memory that both see, and ends.

for (const slice of workerData as Slice[]) drawSlice(slice);
