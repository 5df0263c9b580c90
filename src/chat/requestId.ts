import { createHash } from "node:crypto";
import type { AdapterName } from "../place.ts";

/** Our own name space for UUIDs made from names; drawn once. */
const NAMESPACE = Buffer.from("6f6b1d3e1c0f4d6f9a5b7e0c2f8d4a91", "hex");

/** The UUIDv5 (RFC 9562, section 5.5) of a name in a name space of 16 bytes. */
export const uuid5 = (namespace: Uint8Array, name: string): string => {
  const bytes = createHash("sha1").update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

/** The id of the request that an event of a platform makes: the same event always makes the same request. */
export const requestId = (adapter: AdapterName, event: string): string => uuid5(NAMESPACE, `${adapter}:${event}`);

/** The id of the request that follows one by itself: always the same, so that it is asked once. */
export const nextRequestId = (request: string): string => uuid5(NAMESPACE, `next:${request}`);
