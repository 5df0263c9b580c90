/** What stands for the id of a message that only one person sees: Slack gives none that could be looked up or edited. */
export const EPHEMERAL = "ephemeral";
