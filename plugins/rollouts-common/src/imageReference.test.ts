import { parseImageReference } from './imageReference';
import { setImageInputSchema } from './operations';

const digest = `sha256:${'0f'.repeat(32)}`;

describe('parseImageReference', () => {
  it.each([
    ['nginx', { repository: 'nginx' }],
    ['nginx:1.27', { repository: 'nginx', tag: '1.27' }],
    ['localhost:5000/shop/web:v1', { repository: 'localhost:5000/shop/web', tag: 'v1' }],
    [`ghcr.io/shop/web_app@${digest}`, { repository: 'ghcr.io/shop/web_app', digest }],
    [`ghcr.io/shop/web:v1@${digest}`, { repository: 'ghcr.io/shop/web', tag: 'v1', digest }],
  ])('reads %s', (text, reference) => {
    expect(parseImageReference(text)).toEqual(reference);
  });

  it.each([
    '',
    'shop/Web',
    'web:',
    'web:-v1',
    'web@sha256:12',
    'web v1',
    'https://ghcr.io/web',
    '/web',
    'web/',
    'a//b',
  ])('refuses "%s"', text => {
    expect(parseImageReference(text)).toBeUndefined();
    expect(setImageInputSchema.safeParse({ container: 'web', image: text }).success).toBe(false);
  });
});
