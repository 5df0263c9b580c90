import type { Card } from "../models/card.ts";

/** A model that peers can choose. */
export interface Model {
  name: string;
  /** The `.onnx` file in the blob store, its card in its metadata. */
  blob: string;
  bytes: number;
  card: Card;
  addedBy: string;
  at: Date;
}

export interface Models {
  list(): Promise<readonly Model[]>;
  get(name: string): Promise<Model | undefined>;
  /** Adds it, or replaces the one of the same name. */
  put(model: Omit<Model, "at">): Promise<void>;
  remove(name: string): Promise<boolean>;
}

/** What commands may ask of the database. */
export interface Store {
  models: Models;
}
