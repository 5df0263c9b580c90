import type { PhotoPlace } from "../files.ts";
import type { Image } from "../images/image.ts";

/** A picture that we drew on white paper, and where photos lie on it: a page in the dark turns all but those dark. */
export type Drawing = Image & { readonly photos: readonly PhotoPlace[] };
