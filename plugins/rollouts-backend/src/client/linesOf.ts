import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';

/** Lines of a body that are not empty. readline loses an error of its input when nobody waits for a line; it is kept here and thrown at the end. */
export async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  let failure: Error | undefined;
  response.once('error', error => {
    failure = error;
  });
  for await (const line of createInterface({ input: response, crlfDelay: Infinity })) {
    if (line.trim()) yield line;
  }
  if (failure) throw failure;
}
