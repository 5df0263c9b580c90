/** What browsers report for a key that an input method takes (UI Events, "keyCode" of composition). */
const COMPOSING = 229;

/** Whether a key ends or changes the composition of a letter, such as a Hangul syllable. Safari says so by the key code alone. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === COMPOSING;
