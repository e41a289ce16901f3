/** @jest-environment node */
import { LiveConnection, type LiveConnectionOptions } from './LiveConnection';
import type { LiveListener } from './LiveApi';
import { startLiveServer, type LiveServer } from './__testUtils__/startLiveServer';

class Tab {
  isHiddenNow = false;
  readonly listeners = new Set<() => void>();
  isHidden = () => this.isHiddenNow;
  onChange = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  setHidden(isHidden: boolean) {
    this.isHiddenNow = isHidden;
    this.listeners.forEach(listener => listener());
  }
}

/** Remembers everything that it hears, as `[what, value]`. */
class Recorder implements LiveListener {
  heard: [string, unknown][] = [];
  onMessage = (data: unknown) => void this.heard.push(['message', data]);
  onFailure = (error: unknown) => void this.heard.push(['failure', error]);
  onConnectionState = (state: string) => void this.heard.push(['connection', state]);
}

function connectTo(server: LiveServer, options: Partial<LiveConnectionOptions> = {}): LiveConnection {
  return new LiveConnection({
    discoveryApi: { getBaseUrl: async pluginId => `${server.baseUrl}/api/${pluginId}` },
    fetchApi: { fetch },
    visibility: new Tab(),
    random: () => 0,
    delay: () => new Promise(resolve => setTimeout(resolve, 1)),
    gatherMs: 5,
    ...options,
  });
}

async function until(condition: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`still not true: ${condition.toString()}`);
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}

describe('LiveConnection', () => {
  it('carries all topics over one stream and tells each message to its own listeners', async () => {
    await using server = await startLiveServer();
    const connection = connectTo(server);
    const [first, second] = [new Recorder(), new Recorder()];
    const leave = [connection.subscribe('a:1', first), connection.subscribe('b:2', second)];
    await until(() => server.streams.length === 1);
    expect(server.streams[0]).toMatchObject({ topics: ['a:1', 'b:2'], resume: {} });

    server.streams[0].send({ type: 'message', topic: 'b:2', id: 'x', data: { n: 1 } });
    await until(() => second.heard.length === 3);
    expect(second.heard).toEqual([
      ['connection', 'connecting'],
      ['connection', 'open'],
      ['message', { n: 1 }],
    ]);
    expect(first.heard.filter(([what]) => what === 'message')).toEqual([]);

    // Who comes later learns at once what is known, and the topics stay the same: no new stream.
    const late = new Recorder();
    leave.push(connection.subscribe('b:2', late));
    expect(late.heard).toEqual([
      ['connection', 'open'],
      ['message', { n: 1 }],
    ]);
    leave.forEach(end => end());
    await until(() => server.streams[0].isClosed);
    expect(server.streams).toHaveLength(1);
  });

  it('tells a view what is known that follows a topic just after another one has left it', async () => {
    await using server = await startLiveServer();
    const connection = connectTo(server);
    const former = new Recorder();
    const leave = connection.subscribe('a:1', former);
    await until(() => server.streams.length === 1);
    server.streams[0].send({ type: 'message', topic: 'a:1', id: 'one', data: 1 });
    await until(() => former.heard.at(-1)?.[0] === 'message');
    leave();
    const next = new Recorder();
    const leaveNext = connection.subscribe('a:1', next);
    expect(next.heard).toEqual([
      ['connection', 'open'],
      ['message', 1],
    ]);
    leaveNext();
    await until(() => server.streams[0].isClosed);
    // By then everything is forgotten: who comes now hears it from the server.
    const late = new Recorder();
    const leaveLate = connection.subscribe('a:1', late);
    expect(late.heard.filter(([what]) => what === 'message')).toEqual([]);
    await until(() => server.streams.length === 2);
    expect(server.streams[1].resume).toEqual({});
    leaveLate();
    await until(() => server.streams[1].isClosed);
  });

  it('opens anew with the last ids when a topic is added, and when the connection breaks', async () => {
    await using server = await startLiveServer();
    const connection = connectTo(server);
    const recorder = new Recorder();
    const leave = [connection.subscribe('a:1', recorder)];
    await until(() => server.streams.length === 1);
    server.streams[0].send({ type: 'message', topic: 'a:1', id: 'one', data: 1 });
    await until(() => recorder.heard.length === 3);

    leave.push(connection.subscribe('b:2', new Recorder()));
    await until(() => server.streams.length === 2 && server.streams[0].isClosed);
    expect(server.streams[1]).toMatchObject({ topics: ['a:1', 'b:2'], resume: { 'a:1': 'one' } });

    server.streams[1].end();
    await until(() => server.streams.length === 3);
    expect(server.streams[2]).toMatchObject({ topics: ['a:1', 'b:2'], resume: { 'a:1': 'one' } });
    // Nothing changed meanwhile, so the server has nothing to say before its first heartbeat.
    await until(() => recorder.heard.at(-1)?.[1] === 'open');
    expect(recorder.heard.slice(-2)).toEqual([
      ['connection', 'interrupted'],
      ['connection', 'open'],
    ]);
    leave.forEach(end => end());
    await until(() => server.streams[2].isClosed);
  });

  it('waits longer after each failed attempt, and starts over after a success', async () => {
    await using server = await startLiveServer();
    server.refusals.push(503, 401, 429);
    const waits: number[] = [];
    const connection = connectTo(server, { delay: async durationMs => void waits.push(durationMs) });
    const leave = connection.subscribe('a:1', new Recorder());
    await until(() => server.streams.length === 1);
    expect(waits).toEqual([1_000, 2_000, 4_000]);
    server.streams[0].send({ type: 'heartbeat' });
    server.streams[0].end();
    await until(() => server.streams.length === 2);
    expect(waits).toEqual([1_000, 2_000, 4_000, 1_000]);
    leave();
    await until(() => server.streams[1].isClosed);
  });

  it('takes a silent connection for dead', async () => {
    await using server = await startLiveServer();
    const connection = connectTo(server, { silenceMs: 30 });
    const leave = connection.subscribe('a:1', new Recorder());
    await until(() => server.streams.length === 2 && server.streams[0].isClosed);
    leave();
    await until(() => server.streams.at(-1)?.isClosed === true);
    expect(server.streams.map(stream => stream.topics)).toContainEqual(['a:1']);
  });

  it('tells the failure of one topic to its listeners only, and asks for it again when somebody subscribes anew', async () => {
    await using server = await startLiveServer();
    const connection = connectTo(server);
    const [failing, fine] = [new Recorder(), new Recorder()];
    const leave = [connection.subscribe('a:1', failing), connection.subscribe('b:2', fine)];
    await until(() => server.streams.length === 1);
    const error = { name: 'NotFoundError', message: 'There is no such workload' };
    server.streams[0].send({ type: 'failure', topic: 'a:1', error });
    server.streams[0].send({ type: 'message', topic: 'b:2', id: 'x', data: 2 });
    await until(() => fine.heard.at(-1)?.[0] === 'message');
    expect(failing.heard.at(-1)).toEqual(['failure', error]);
    expect(fine.heard.filter(([what]) => what === 'failure')).toEqual([]);

    server.streams[0].end();
    await until(() => server.streams.length === 2);
    leave.push(connection.subscribe('a:1', new Recorder()));
    await until(() => server.streams.at(-1)?.topics.includes('a:1') === true && server.streams.length > 2);
    leave.forEach(end => end());
    await until(() => server.streams.every(stream => stream.isClosed));
  });

  it('gives up when the server refuses for good', async () => {
    await using server = await startLiveServer();
    server.refusals.push(403);
    const recorder = new Recorder();
    const leave = connectTo(server).subscribe('a:1', recorder);
    await until(() => recorder.heard.length === 2);
    expect(recorder.heard[1]).toEqual(['failure', expect.objectContaining({ name: 'ResponseError', statusCode: 403 })]);
    leave();
    expect(server.streams).toEqual([]);
  });

  it('closes some time after the tab was hidden, and comes back when it is seen', async () => {
    await using server = await startLiveServer();
    const tab = new Tab();
    const connection = connectTo(server, { visibility: tab, hiddenMs: 20 });
    const leave = connection.subscribe('a:1', new Recorder());
    await until(() => server.streams.length === 1);
    tab.setHidden(true);
    tab.setHidden(false); // a glance at another tab
    await new Promise(resolve => setTimeout(resolve, 40));
    expect(server.streams.map(stream => stream.isClosed)).toEqual([false]);

    tab.setHidden(true);
    await until(() => server.streams[0].isClosed);
    tab.setHidden(false);
    await until(() => server.streams.length === 2);
    leave();
    await until(() => server.streams[1].isClosed);
    expect(tab.listeners.size).toBe(0);
  });
});
