/** The name of what the system refused, like "EACCES"; undefined for an error that is not the system's. */
export const systemCode = (error: unknown): string | undefined => {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall ? code : undefined;
};
