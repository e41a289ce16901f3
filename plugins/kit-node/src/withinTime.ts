/** What a wait may cost, and what is taken where it costs more. */
export interface TimeLimit<T> {
  /** Milliseconds. */
  ms: number;
  otherwise: T;
}

/** The work's result, or the other one when that takes too long; what the work does after that is nobody's. @throws what the work does in time */
export async function withinTime<T>(work: Promise<T>, { ms, otherwise }: TimeLimit<T>): Promise<T> {
  const { promise: late, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(otherwise), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
