import { z } from "zod";

/** The parts of a JSON schema that our data schemas come out as. */
interface Schema {
  /** Several where it may be null as well. */
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | false;
  prefixItems?: Schema[];
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
}

/** Longer lines are broken. */
const WIDTH = 120;

const commented = (description: string | undefined, indent: string): string =>
  description ? `${indent}// ${description}\n` : "";

/** A field with what it is: beside it, or above where its type takes several lines. */
const fieldText = (name: string, schema: Schema, required: boolean, indent: string): string => {
  const { description, ...rest } = schema;
  const line =
    `${indent}${/^\w+$/.test(name) ? name : JSON.stringify(name)}${required ? "" : "?"}: ${typeText(rest, indent)};`.replace(
      ": \n",
      ":\n",
    );
  const beside = description ? `${line} // ${description}` : line;
  return beside.includes("\n") || beside.length > WIDTH ? commented(description, indent) + line : beside;
};

const typeText = (schema: Schema, indent: string): string => {
  const inner = `${indent}  `;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((it) => JSON.stringify(it)).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.join(" | ");
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) {
    const either = alternatives.map(({ description, ...it }) => ({ description, text: typeText(it, inner) }));
    if (either.every((it) => !it.text.includes("\n") && !it.description)) return either.map((it) => it.text).join(" | ");
    return either.map((it) => `\n${commented(it.description, inner)}${inner}| ${it.text}`).join("");
  }
  if (schema.prefixItems) return `[${schema.prefixItems.map((it) => typeText(it, indent)).join(", ")}]`;
  if (schema.type === "array") {
    const item = schema.items ? typeText(schema.items, indent) : "never";
    return / \| /.test(item) && !item.startsWith("{") ? `(${item})[]` : `${item}[]`;
  }
  if (schema.type !== "object") return schema.type ?? "unknown";
  if (!schema.properties) {
    const value = typeof schema.additionalProperties === "object" ? typeText(schema.additionalProperties, indent) : "unknown";
    return `{ [name: string]: ${value} }`;
  }
  const fields = Object.entries(schema.properties).map(([name, it]) =>
    fieldText(name, it, schema.required?.includes(name) ?? false, inner),
  );
  const short = `{ ${fields.map((it) => it.trim()).join(" ")} }`;
  const isShort = indent.length + short.length < WIDTH / 2 && !/\n|\/\//.test(short);
  return isShort && indent !== "" ? short.replace("; }", " }") : `{\n${fields.join("\n")}\n${indent}}`;
};

/** A schema as a type with comments, as one would write it in TypeScript. Whole numbers are called `integer`. */
export const schemaText = (schema: z.ZodType): string => typeText(z.toJSONSchema(schema) as Schema, "").trim();
