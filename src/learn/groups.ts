/** Parameters that learn otherwise than the rest, as plain data: part of a recipe. */
export interface ParameterGroup {
  /** The path that their names begin with: "stage1", "head"; "" is everything. Of several groups that fit, the first counts. */
  prefix: string;
  /** Their learning rate as a multiple of the schedule's. */
  learningRateFactor?: number;
  /** They keep their values; batch normalisations among them take their moving averages and leave those alone. */
  frozen?: true;
}

/** The group of the parameter of this name, if there is one. "stage1" holds "stage1/block1/…" and not "stage10/…". */
export const groupOf = (groups: readonly ParameterGroup[] = [], name: string): ParameterGroup | undefined =>
  groups.find(({ prefix }) => prefix === "" || name === prefix || name.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`));
