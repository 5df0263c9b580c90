import { Icon } from "./icons.tsx";
import type { Attachment } from "./state.ts";
import { useWords } from "./words.ts";

/** What is attached to the message being written. */
export const Attachments = ({
  all,
  about,
  remove,
  retry,
}: {
  all: readonly Attachment[];
  /** What is known of one besides its name. */
  about(it: Attachment): string | undefined;
  remove(it: Attachment): void;
  retry(it: Attachment): void;
}) => {
  const { t } = useWords();
  if (all.length === 0) return null;
  return (
    <ul class="attachments" aria-label={t("attached")}>
      {all.map((it) => (
        <li key={it.key} class={`attachment ${it.status}`}>
          {it.url ? <img src={it.url} alt={it.file.name} /> : <Icon name="file" size={26} />}
          {(!it.url || it.error) && (
            <span class="attachment-name">
              {it.error ?? it.file.name}
              {!it.error && about(it) && <small>{about(it)}</small>}
            </span>
          )}
          {it.retry && (
            <button type="button" class="link" onClick={() => retry(it)}>
              {t("retryUpload")}
            </button>
          )}
          {it.status === "uploading" && <span class="spinner" role="img" aria-label={t("uploading", { name: it.file.name })} />}
          <button type="button" class="remove" aria-label={t("removeFile", { name: it.file.name })} onClick={() => remove(it)}>
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
};
