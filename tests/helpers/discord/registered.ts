/** The commands that a bot registered, everywhere and in single servers, as Discord gives them back. */
export const keepCommands = () => {
  const all = new Map<string, object[]>();
  return {
    all,
    answer: (method: string, path: string, body: unknown): unknown => {
      const where = /^\/applications\/\d+(\/guilds\/\d+)?\/commands$/.exec(path);
      if (!where) return undefined;
      const key = where[1] ?? "";
      if (method === "PUT")
        all.set(
          key,
          (body as object[]).map((it, index) => ({
            ...{ id: String(index + 1), application_id: "1", version: "1", nsfw: false, dm_permission: true, default_member_permissions: null },
            ...it,
          })),
        );
      return all.get(key) ?? [];
    },
  };
};
