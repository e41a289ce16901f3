import { X509Certificate } from 'node:crypto';
import { createRandom, createSystemClock, ManualClock, RequestJournal, FaultPlan, Store, createCertificate } from '.';

describe('ManualClock', () => {
  it('runs due timers in order, also those that callbacks add, and nothing that was cancelled', () => {
    const clock = new ManualClock(1_000);
    const seen: string[] = [];
    const note = (text: string) => () => seen.push(`${text} ${clock.now()}`);
    clock.setTimeout(note('late'), 30);
    clock.setTimeout(() => clock.setTimeout(note('added'), 5), 10);
    clock.setTimeout(note('cancelled'), 12).cancel();
    const interval = clock.setInterval(note('interval'), 20);
    clock.setTimeout(note('same instant'), 30);
    clock.advance(45);
    expect(seen).toEqual(['added 1015', 'interval 1020', 'late 1030', 'same instant 1030', 'interval 1040']);
    expect(clock.now()).toBe(1_045);
    interval.cancel();
    expect(clock.pendingCount).toBe(0);
  });
});

describe('the system clock', () => {
  it('fires once, again and again, and not after the end', async () => {
    const clock = createSystemClock();
    let count = 0;
    const interval = clock.setInterval(() => (count += 1), 1);
    using never = clock.setTimeout(() => (count = -1_000), 5);
    never.cancel();
    while (count < 2) {
      await new Promise<void>(resolve => {
        clock.setTimeout(resolve, 10);
      });
    }
    interval.cancel();
    const atEnd = count;
    await new Promise(resolve => setTimeout(resolve, 5));
    expect(count).toBe(atEnd);
  });
});

describe('createRandom', () => {
  it('repeats itself for a seed, and makes UUIDs and names that differ', () => {
    const draw = (seed?: number) => {
      const random = createRandom(seed);
      return [random.next(), random.uuid(), random.text(5), random.text(3, 'a')];
    };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    expect(draw(5)[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const random = createRandom();
    expect(new Set(Array.from({ length: 1_000 }, () => random.uuid())).size).toBe(1_000);
  });
});

describe('FaultPlan', () => {
  it('uses one-time faults up in order and keeps standing ones until they are disposed of', () => {
    const plan = new FaultPlan();
    const standing = plan.always({ path: '/a/*' }, { status: 500 });
    plan.next({ path: '/a/b', method: 'get' }, { status: 429 });
    plan.next({ path: '/a/b' }, { delayMs: 5 });
    const take = (path: string, method = 'GET') => plan.take({ method, path });
    expect(take('/a/b', 'POST')).toEqual({ delayMs: 5 });
    expect(take('/a/b')).toEqual({ status: 429 });
    expect(take('/a/b/c')).toEqual({ status: 500 });
    expect(take('/ab')).toBeUndefined();
    standing[Symbol.dispose]();
    expect(take('/a/b')).toBeUndefined();
    plan.next({ path: '*' }, { status: 500 });
    plan.clear();
    expect(take('/')).toBeUndefined();
  });
});

describe('RequestJournal', () => {
  it('keeps the newest entries, and counts and clears', () => {
    const journal = new RequestJournal(2);
    for (const path of ['/1', '/2', '/3'])
      journal.add({ at: '2026-01-01T00:00:00.000Z', method: 'GET', path, query: {} });
    expect([...journal].map(entry => entry.path)).toEqual(['/2', '/3']);
    expect(journal.count()).toBe(2);
    expect(journal.count(entry => entry.path === '/3')).toBe(1);
    journal.clear();
    expect(journal.count()).toBe(0);
  });
});

describe('Store', () => {
  it('gives back what a snapshot held, untouched by what came after', () => {
    const store = new Store<{ cats: { name: string }; dogs: number }>();
    store.collection('cats').set('a', { name: 'Tom' });
    store.collection('dogs').set('b', 1);
    const snapshot = store.snapshot();
    store.collection('cats').set('c', { name: 'Felix' });
    store.reset();
    expect(store.collection('dogs').size).toBe(0);
    store.restore(snapshot);
    expect(store.snapshot()).toEqual({ cats: [['a', { name: 'Tom' }]], dogs: [['b', 1]] });
    store.restore({ dogs: [['d', 2]] });
    expect(store.snapshot()).toEqual({ cats: [], dogs: [['d', 2]] });
  });
});

describe('createCertificate', () => {
  it('makes a certificate for loopback that verifies against itself', () => {
    const { certificate, privateKey } = createCertificate();
    const parsed = new X509Certificate(certificate);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(parsed.checkHost('localhost')).toBe('localhost');
    expect(parsed.ca).toBe(true);
    expect(Date.parse(parsed.validTo)).toBeGreaterThan(Date.now());
    expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });
});
