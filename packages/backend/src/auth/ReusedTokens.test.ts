import { ReusedTokens, type PluginTokenHandler } from './ReusedTokens';

const startMs = Date.parse('2026-01-01T00:00:00Z');

/** A token that ends so many seconds after the start. */
function tokenOf(subject: string, endsAfterS: number): string {
  const claims = { sub: subject, exp: startMs / 1000 + endsAfterS };
  return ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'signature'].join('.');
}

/** Counts what it is asked, and finds only tokens of `catalog` genuine. */
function start() {
  const asked: string[] = [];
  const handler: PluginTokenHandler = {
    async issueToken({ pluginId, targetPluginId, onBehalfOf }) {
      asked.push(`issue ${pluginId} ${targetPluginId} ${onBehalfOf?.limitedUserToken ?? '-'}`);
      return { token: `${asked.length}` };
    },
    async verifyToken(token) {
      asked.push('verify');
      if (token.includes('.forged')) throw new Error('Not genuine');
      return token === 'of a user' ? undefined : { subject: 'plugin:catalog', limitedUserToken: token };
    },
  };
  let now = startMs;
  const tokens = new ReusedTokens(handler, () => now);
  return { asked, tokens, pass: (seconds: number) => void (now += seconds * 1000) };
}

const onBehalfOf = (person: string, endsAfterS: number) => ({
  limitedUserToken: person,
  expiresAt: new Date(startMs + endsAfterS * 1000),
});

describe('tokens between plugins', () => {
  it('are issued once a minute for one plugin, target and person', async () => {
    const { tokens, asked, pass } = start();
    const orders = [
      { pluginId: 'operations', targetPluginId: 'catalog' },
      { pluginId: 'operations', targetPluginId: 'permission' },
      { pluginId: 'operations', targetPluginId: 'catalog', onBehalfOf: onBehalfOf('olga', 3_600) },
      { pluginId: 'operations', targetPluginId: 'catalog', onBehalfOf: onBehalfOf('adam', 20) },
    ];
    const issue = () => Promise.all(orders.map(order => tokens.issueToken(order)));
    const first = await issue();
    expect(new Set(first.map(({ token }) => token)).size).toBe(4);
    pass(19);
    expect(await issue()).toEqual(first);
    pass(1); // the person's own token has ended
    expect((await issue()).filter(({ token }, index) => token !== first[index].token)).toHaveLength(1);
    expect(asked).toHaveLength(5);
    pass(40);
    await issue();
    expect(asked).toHaveLength(9);
  });

  it('are verified once a minute, and never beyond their end', async () => {
    const { tokens, asked, pass } = start();
    const [long, short] = [tokenOf('catalog', 3_600), tokenOf('catalog', 20)];
    const verify = () => Promise.all([tokens.verifyToken(long), tokens.verifyToken(short)]);
    expect(await verify()).toEqual(
      [long, short].map(token => ({ subject: 'plugin:catalog', limitedUserToken: token })),
    );
    pass(19);
    await verify();
    expect(asked).toHaveLength(2);
    pass(1);
    await verify();
    expect(asked).toHaveLength(3);
    pass(40);
    await verify();
    expect(asked).toHaveLength(5);
  });

  it('are looked at each time where they are not genuine, not of a plugin, or say no end', async () => {
    const { tokens, asked } = start();
    const forged = `${tokenOf('catalog', 60)}.forged`;
    for (let time = 1; time <= 2; time++) {
      await expect(tokens.verifyToken(forged)).rejects.toThrow('Not genuine');
      expect(await tokens.verifyToken('of a user')).toBeUndefined();
      expect(await tokens.verifyToken('x.e30.y')).toMatchObject({ subject: 'plugin:catalog' });
      expect(asked).toHaveLength(3 * time);
    }
  });

  it('are forgotten when there are many', async () => {
    const { tokens, asked } = start();
    const issueTo = (number: number) => tokens.issueToken({ pluginId: 'operations', targetPluginId: `p${number}` });
    for (let number = 0; number <= 2_000; number++) await issueTo(number);
    await issueTo(0);
    expect(asked).toHaveLength(2_002);
  });
});
