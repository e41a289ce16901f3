import { NotFoundError } from '@backstage/errors';
import { UpstreamError } from '@leitstand/plugin-kit-common';
import { SharedReads, type SharedReadsOptions } from './SharedReads';

const down = () => {
  throw new UpstreamError('It does not answer', { code: 'UPSTREAM_UNREACHABLE', system: 'x', operation: 'get y' });
};

function setUp(options: SharedReadsOptions = {}) {
  let now = 1_000_000;
  let count = 0;
  const answers: string[] = [];
  const reads = new SharedReads({ now: () => now, onAnswer: answer => answers.push(answer), ...options });
  const read = async () => {
    count += 1;
    return count;
  };
  return { reads, read, answers, pass: (ms: number) => (now += ms) };
}

describe('SharedReads', () => {
  it('asks once for all who wait, and again when the answer is too old', async () => {
    const { reads, read, answers, pass } = setUp();
    const ask = () => reads.get('model', { maxAgeMs: 1000, read });
    expect((await Promise.all([ask(), ask(), ask()])).map(({ value }) => value)).toEqual([1, 1, 1]);
    pass(1000);
    expect((await ask()).value).toBe(1);
    pass(1);
    expect((await ask()).value).toBe(2);
    expect(answers).toEqual(['miss', 'hit', 'hit', 'hit', 'miss']);
  });

  it('gives the last answer with the reason while upstream fails, without asking for each reader', async () => {
    const { reads, read, pass } = setUp();
    await reads.get('model', { maxAgeMs: 0, read });
    pass(1);
    const failing = jest.fn(async () => down());
    const ask = () => reads.get<unknown>('model', { maxAgeMs: 0, read: failing });
    const stale = { value: 1, staleBecause: { code: 'UPSTREAM_UNREACHABLE', message: 'It does not answer' } };
    expect(await ask()).toMatchObject(stale);
    expect(await ask()).toMatchObject(stale);
    expect(failing).toHaveBeenCalledTimes(1);
    pass(2_000);
    expect(await reads.get('model', { maxAgeMs: 0, read })).toEqual({ value: 2, observedAt: expect.any(Date) });
  });

  it('forgets what is there no more', async () => {
    const { reads, read, pass } = setUp();
    await reads.get('model', { maxAgeMs: 0, read });
    pass(1);
    const gone = async () => {
      throw new NotFoundError('There is no such model');
    };
    await expect(reads.get('model', { maxAgeMs: 0, read: gone })).rejects.toThrow('There is no such model');
    const failing = reads.get('model', { maxAgeMs: 0, read: async () => down() });
    await expect(failing).rejects.toThrow('It does not answer');
  });

  it('throws where there has never been an answer', async () => {
    const { reads } = setUp();
    await expect(reads.get('model', { maxAgeMs: 0, read: async () => down() })).rejects.toThrow('It does not answer');
  });

  it('forgets the longest unused, what it is told to, and everything when it is closed', async () => {
    const { reads, read } = setUp({ maxCount: 2 });
    for (const key of ['a', 'b', 'a', 'c']) await reads.get(key, { maxAgeMs: 1000, read });
    expect((await reads.get('a', { maxAgeMs: 1000, read })).value).toBe(1);
    expect((await reads.get('b', { maxAgeMs: 1000, read })).value).toBe(4);
    reads.forget('b');
    expect((await reads.get('b', { maxAgeMs: 1000, read })).value).toBe(5);
    const ended = reads.get('d', {
      maxAgeMs: 0,
      read: signal => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('closed')))),
    });
    reads.close();
    await expect(ended).rejects.toThrow('closed');
  });
});
