import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Clock } from '../core';

interface Entry {
  payload: AdapterPayload;
  /** Milliseconds since the epoch; Infinity for what does not expire. */
  expiresAt: number;
}

/** Where the adapters of one provider keep everything: sessions, interactions, codes, tokens, grants. */
export type OidcStorage = Map<string, Entry>;

/** Entries above which what has expired is swept out at the next write. */
const sweepAboveCount = 500;

/** One kind of object of one provider. Nothing is shared between providers, and nothing outlives the process. */
export class MemoryAdapter implements Adapter {
  constructor(
    private readonly kind: string,
    private readonly storage: OidcStorage,
    private readonly clock: Clock,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    if (this.storage.size > sweepAboveCount) this.sweep();
    const expiresAt = expiresIn === undefined ? Infinity : this.clock.now() + expiresIn * 1000;
    this.storage.set(this.key(id), { payload, expiresAt });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.alive(this.storage.get(this.key(id)));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.findWhere(payload => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.findWhere(payload => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const payload = await this.find(id);
    if (payload) payload.consumed = Math.floor(this.clock.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.storage.delete(this.key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of this.storage) {
      if (payload.grantId === grantId) this.storage.delete(key);
    }
  }

  private key(id: string): string {
    return `${this.kind}:${id}`;
  }

  private alive(entry: Entry | undefined): AdapterPayload | undefined {
    return entry && entry.expiresAt > this.clock.now() ? entry.payload : undefined;
  }

  private findWhere(predicate: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, entry] of this.storage) {
      const payload = key.startsWith(`${this.kind}:`) ? this.alive(entry) : undefined;
      if (payload && predicate(payload)) return payload;
    }
    return undefined;
  }

  private sweep(): void {
    for (const [key, entry] of this.storage) {
      if (!this.alive(entry)) this.storage.delete(key);
    }
  }
}
