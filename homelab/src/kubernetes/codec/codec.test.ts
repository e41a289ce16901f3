import fc from 'fast-check';
import type { KubernetesObject } from '../model';
import { decodeFields, describePath, encodeFields, fieldSetOf, joinPath } from './fieldSet';
import { canonicalJson, isEqual } from './json';
import { applyJsonPatch } from './jsonPatch';
import { applyMergePatch } from './mergePatch';
import { matchesSelector, parseLabelSelector } from './selectors';
import { applyConfiguration } from './serverSideApply';
import { applyStrategicMergePatch } from './strategicMergePatch';

const invalid = expect.objectContaining({ options: expect.objectContaining({ code: 422 }) });

describe('JSON patch (RFC 6902, appendix A)', () => {
  it.each([
    ['adds a member', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { foo: 'bar', baz: 'qux' }],
    [
      'adds an element',
      { foo: ['bar', 'baz'] },
      [{ op: 'add', path: '/foo/1', value: 'qux' }],
      { foo: ['bar', 'qux', 'baz'] },
    ],
    ['appends', { foo: ['bar'] }, [{ op: 'add', path: '/foo/-', value: ['a'] }], { foo: ['bar', ['a']] }],
    ['removes a member', { baz: 1, foo: 2 }, [{ op: 'remove', path: '/baz' }], { foo: 2 }],
    ['removes an element', { foo: [1, 2, 3] }, [{ op: 'remove', path: '/foo/1' }], { foo: [1, 3] }],
    ['replaces', { baz: 1 }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo' }],
    ['replaces all', { baz: 1 }, [{ op: 'replace', path: '', value: { a: 1 } }], { a: 1 }],
    [
      'moves',
      { foo: { waldo: 1 }, qux: {} },
      [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
      { foo: {}, qux: { thud: 1 } },
    ],
    ['copies', { a: { b: 1 } }, [{ op: 'copy', from: '/a', path: '/c' }], { a: { b: 1 }, c: { b: 1 } }],
    ['tests', { a: { c: 1, b: [2] } }, [{ op: 'test', path: '/a', value: { b: [2], c: 1 } }], { a: { c: 1, b: [2] } }],
    [
      'unescapes',
      { 'a/b': 1, 'm~n': 2 },
      [
        { op: 'remove', path: '/a~1b' },
        { op: 'test', path: '/m~0n', value: 2 },
      ],
      { 'm~n': 2 },
    ],
  ])('%s', (_name, document, patch, expected) => {
    const before = structuredClone(document);
    expect(applyJsonPatch(document, patch)).toEqual(expected);
    expect(document).toEqual(before);
  });

  it.each([
    ['a failed test', [{ op: 'test', path: '/a', value: 2 }]],
    ['a number that is a text', [{ op: 'test', path: '/a', value: '1' }]],
    ['a missing parent', [{ op: 'add', path: '/x/y', value: 1 }]],
    ['a missing member', [{ op: 'remove', path: '/x' }]],
    ['an index past the end', [{ op: 'add', path: '/list/2', value: 1 }]],
    ['an index with a leading zero', [{ op: 'replace', path: '/list/00', value: 1 }]],
    ['a pointer without a slash', [{ op: 'remove', path: 'a' }]],
    ['an inherited member', [{ op: 'remove', path: '/constructor' }]],
  ])('refuses %s', (_name, patch) => {
    expect(() => applyJsonPatch({ a: 1, list: [1] }, patch)).toThrow(invalid);
  });
});

describe('merge patch (RFC 7396, appendix A)', () => {
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j', (target, patch, expected) => {
    expect(applyMergePatch(target, patch)).toEqual(expected);
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 3 }), fc.object({ maxDepth: 3 }), (target, patch) => {
        const once = applyMergePatch(target, patch);
        expect(applyMergePatch(once, patch)).toEqual(once);
      }),
    );
  });
});

describe('strategic merge patch', () => {
  const pod = {
    containers: [
      { name: 'a', image: '1', ports: [{ containerPort: 80 }], args: ['x'] },
      { name: 'b', image: '1' },
    ],
  };

  it('merges keyed lists by their key and replaces others', () => {
    const patch = { containers: [{ name: 'a', image: '2', args: ['y'], ports: [{ containerPort: 81 }] }] };
    expect(applyStrategicMergePatch(pod, patch)).toEqual({
      containers: [
        { name: 'a', image: '2', ports: [{ containerPort: 80 }, { containerPort: 81 }], args: ['y'] },
        { name: 'b', image: '1' },
      ],
    });
  });

  it.each([
    ['deletes an item', { containers: [{ name: 'a', $patch: 'delete' }] }, { containers: [{ name: 'b', image: '1' }] }],
    ['replaces a list', { containers: [{ $patch: 'replace' }, { name: 'c' }] }, { containers: [{ name: 'c' }] }],
    [
      'orders a list',
      { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] },
      { containers: [pod.containers[1], pod.containers[0]] },
    ],
  ])('%s', (_name, patch, expected) => {
    expect(applyStrategicMergePatch(pod, patch)).toEqual(expected);
  });

  it('knows sets, retained keys and replaced maps', () => {
    const target = {
      metadata: { finalizers: ['a', 'b'] },
      strategy: { type: 'RollingUpdate', rollingUpdate: {} },
      map: { a: 1 },
    };
    const patch = {
      metadata: { '$deleteFromPrimitiveList/finalizers': ['a'], finalizers: ['c'] },
      strategy: { $retainKeys: ['type'], type: 'Recreate' },
      map: { $patch: 'replace', b: 2 },
    };
    expect(applyStrategicMergePatch(target, patch)).toEqual({
      metadata: { finalizers: ['b', 'c'] },
      strategy: { type: 'Recreate' },
      map: { b: 2 },
    });
  });
});

describe('field sets', () => {
  it('name list items by their keys, and survive the form of the API', () => {
    const set = fieldSetOf({
      apiVersion: 'v1',
      metadata: { name: 'x', labels: { a: 'b' }, finalizers: ['f'] },
      spec: { containers: [{ name: 'c', ports: [{ containerPort: 80 }] }], empty: {}, list: [1, 2] },
      status: { phase: 'Running' },
    });
    expect([...set.keys()].map(describePath)).toEqual([
      '.metadata.labels.a',
      '.metadata.finalizers[="f"]',
      '.spec.containers[name="c"].name',
      '.spec.containers[name="c"].ports[containerPort=80,protocol="TCP"].containerPort',
      '.spec.empty',
      '.spec.list',
    ]);
    expect(new Set(decodeFields(encodeFields(set.keys())))).toEqual(new Set(set.keys()));
  });

  it('encode and decode to the same paths', () => {
    const segment = fc.stringMatching(/^[a-z]{1,3}$/).map(name => `f:${name}`);
    fc.assert(
      fc.property(fc.uniqueArray(fc.array(segment, { minLength: 3, maxLength: 3 }), { selector: joinPath }), paths => {
        const joined = paths.map(joinPath);
        expect(new Set(decodeFields(encodeFields(joined)))).toEqual(new Set(joined));
      }),
    );
  });
});

describe('server-side apply on containers', () => {
  const writer = { manager: 'me', time: '2026-01-01T00:00:00Z', force: false };
  const object = (containers: object[]) =>
    ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers } }) as KubernetesObject;

  it('adds to what others have, and takes away only what was its own', () => {
    const live = object([{ name: 'theirs', image: '1' }]);
    const first = applyConfiguration(
      live,
      object([{ name: 'mine', image: '1', env: [{ name: 'A', value: '1' }] }]),
      writer,
    );
    expect(first.spec).toEqual({
      containers: [
        { name: 'theirs', image: '1' },
        { name: 'mine', image: '1', env: [{ name: 'A', value: '1' }] },
      ],
    });
    const second = applyConfiguration(first, object([{ name: 'mine', image: '2' }]), writer);
    expect(second.spec).toEqual({
      containers: [
        { name: 'theirs', image: '1' },
        { name: 'mine', image: '2' },
      ],
    });
    const third = applyConfiguration(second, object([]), writer);
    expect(third.spec).toEqual({ containers: [{ name: 'theirs', image: '1' }] });
  });
});

describe('selectors and equality', () => {
  it.each([
    ['a=b,c', { a: 'b', c: '' }, true],
    ['a in (b, c)', { a: 'c' }, true],
    ['a notin (b)', {}, true],
    ['a!=b', {}, true],
    ['!a', { a: '' }, false],
    ['a.b/c=d', { 'a.b/c': 'd' }, true],
    ['', {}, true],
  ])('%s of %j is %s', (text, labels, expected) => {
    expect(parseLabelSelector(text)(labels)).toBe(expected);
  });

  it('evaluates the expressions of a spec', () => {
    const selector = {
      matchLabels: { a: '1' },
      matchExpressions: [
        { key: 'b', operator: 'In' as const, values: ['1', '2'] },
        { key: 'c', operator: 'DoesNotExist' as const },
        { key: 'd', operator: 'NotIn' as const, values: ['x'] },
        { key: 'a', operator: 'Exists' as const },
      ],
    };
    expect(matchesSelector(selector, { a: '1', b: '2' })).toBe(true);
    expect(matchesSelector(selector, { a: '1', b: '2', d: 'x' })).toBe(false);
  });

  it('agrees with the canonical text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        expect(isEqual(left, right)).toBe(canonicalJson(left) === canonicalJson(right));
        expect(isEqual(left, structuredClone(left))).toBe(true);
      }),
    );
  });
});
