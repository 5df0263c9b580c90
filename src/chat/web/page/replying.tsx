import { Icon } from "./icons.tsx";
import { Quote } from "./messageView.tsx";
import type { ShownMessage } from "./state.ts";
import { useWords } from "./words.ts";

/** The message that what is being written answers. */
export const Replying = ({ message, end }: { message: ShownMessage; end(): void }) => {
  const { t } = useWords();
  return (
    <div class="replying">
      <Icon name="reply" size={16} />
      <Quote message={message} />
      <button type="button" class="icon-button" aria-label={t("replyStop")} onClick={end}>
        <Icon name="close" size={16} />
      </button>
    </div>
  );
};
