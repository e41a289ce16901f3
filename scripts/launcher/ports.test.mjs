import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { assertPortFree, findFreePort } from './ports.mjs';

describe('assertPortFree', () => {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    it(`sees a listener on ${host} and names another port`, async () => {
      const server = createServer().listen(0, host);
      await once(server, 'listening');
      const { port } = server.address();
      try {
        await assert.rejects(assertPortFree(port), { code: 'port-in-use', hint: new RegExp(`--port ${port + 3}`) });
      } finally {
        server.close();
        await once(server, 'close');
      }
      await assertPortFree(port);
    });
  }
});

describe('findFreePort', () => {
  it('finds one that can be listened on, and that no outgoing connection takes', async () => {
    const port = await findFreePort();
    await assertPortFree(port);
    assert.ok(port < 32_768);
  });
});
