import { UserError } from "../errors.ts";
import { visitFields } from "./fields.ts";
import { StringStringEntryProto, TensorProto } from "./file.ts";

const EXTERNAL_DATA = 13;
const DATA_LOCATION = 14;

/**
 * Refuses a file with a tensor whose numbers lie in another file: the runtime would read any file of this machine into the model.
 * Looks at every place where a tensor may stand and believes whatever says so, be it repeated, contradicted or of no use.
 */
export const refuseExternalData = (bytes: Uint8Array): void => {
  let file: string | undefined;
  visitFields(bytes, ({ type, id, number, body }) => {
    if (type !== TensorProto) return;
    if (id === DATA_LOCATION && number !== 0) file ??= "?";
    if (id !== EXTERNAL_DATA) return;
    const { key, value } = StringStringEntryProto.toObject(StringStringEntryProto.decode(body ?? new Uint8Array()));
    if (key === "location" && (file ?? "?") === "?") file = String(value).slice(0, 100);
    file ??= "?";
  });
  if (file !== undefined) throw new UserError("model_external_data", { file });
};
