import { useEffect, useRef } from "preact/hooks";
import type { Entry } from "./completion.ts";

export const MENU_ID = "menu";
export const entryId = (index: number) => `${MENU_ID}-${index}`;

/** What can be chosen for what is being typed. The keys are handled where the typing is. */
export const Menu = (it: { title: string; entries: readonly Entry[]; active: number; choose(entry: Entry): void }) => {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (it.active >= 0) list.current?.children[it.active]?.scrollIntoView({ block: "nearest" });
  }, [it.active]);
  return (
    <div class="menu">
      <div class="menu-title" aria-hidden="true">
        {it.title}
      </div>
      <div class="menu-list" id={MENU_ID} role="listbox" aria-label={it.title} ref={list}>
        {it.entries.map((entry, index) => (
          // Chosen on pointer down, so that the caret stays in the text and a phone's keyboard stays open.
          <div
            key={entry.insert}
            id={entryId(index)}
            class="entry"
            role="option"
            tabIndex={-1}
            aria-selected={index === it.active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => it.choose(entry)}
            onKeyDown={(event) => event.key === "Enter" && it.choose(entry)}
          >
            <span class="entry-label">{entry.label}</span>
            <span class="entry-detail">{entry.detail}</span>
          </div>
        ))}
      </div>
    </div>
  );
};
