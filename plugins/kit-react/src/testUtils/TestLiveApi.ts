import type { LiveApi, LiveListener } from '../live';

/** A live stream whose messages the test sends. */
export class TestLiveApi implements LiveApi {
  readonly listeners = new Map<string, Set<LiveListener>>();

  subscribe(topic: string, listener: LiveListener): () => void {
    const listeners = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, listeners.add(listener));
    listener.onConnectionState('open');
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(topic);
    };
  }

  send(topic: string, data: unknown) {
    this.listeners.get(topic)?.forEach(listener => listener.onMessage(data));
  }

  fail(topic: string, error: unknown) {
    this.listeners.get(topic)?.forEach(listener => listener.onFailure(error));
  }
}
