import type { ShownProgress } from "../message.ts";
import { useWords } from "./words.ts";

/** How far a request is: a bar that fills, or one that moves while nothing is known yet. */
export const ProgressBar = ({ progress }: { progress: ShownProgress | undefined }) => {
  const { t } = useWords();
  const share = progress && progress.of > 0 ? Math.min(1, progress.done / progress.of) : undefined;
  const note = progress?.note || t("waiting");
  const value = share === undefined ? {} : { "aria-valuenow": Math.round(share * 100) };
  return (
    <div class="progress">
      <div class="progress-note">
        <span>{note}</span>
        {share !== undefined && <span class="number">{Math.round(share * 100)} %</span>}
      </div>
      <div
        class={share === undefined ? "bar moving" : "bar"}
        role="progressbar"
        aria-label={t("progress")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={note}
        {...value}
      >
        <div class="bar-fill" style={share === undefined ? undefined : { width: `${share * 100}%` }} />
      </div>
    </div>
  );
};
