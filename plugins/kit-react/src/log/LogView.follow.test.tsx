import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import { useState } from 'react';
import { appendLogLines, emptyLogBuffer, type LogBuffer } from './logBuffer';
import { logLineHeight } from './LogBlockView';
import { LogView } from './LogView';

const line = (text: string) => ({ at: undefined, text });

/** Gives elements the sizes that a browser would; jsdom has no layout. */
function pretendLayout() {
  const heightOf = (element: Element): number =>
    [...element.children].reduce((sum, child) => {
      const placeholder = Number.parseFloat((child as HTMLElement).style.height);
      return sum + (Number.isNaN(placeholder) ? child.children.length * logLineHeight : placeholder);
    }, 0);
  const spies = [
    jest.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function get(this: HTMLElement) {
      return this.children.length * logLineHeight;
    }),
    jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(560),
    jest.spyOn(Element.prototype, 'scrollHeight', 'get').mockImplementation(function get(this: Element) {
      return Math.max(560, this.firstElementChild ? heightOf(this.firstElementChild) : 0);
    }),
    jest.spyOn(Element.prototype, 'scrollTop', 'set').mockImplementation(function set(this: Element, top: number) {
      (this as { pretendedTop?: number }).pretendedTop = Math.min(top, this.scrollHeight - 560);
    }),
    jest.spyOn(Element.prototype, 'scrollTop', 'get').mockImplementation(function get(this: Element) {
      return (this as { pretendedTop?: number }).pretendedTop ?? 0;
    }),
  ];
  return { [Symbol.dispose]: () => spies.forEach(spy => spy.mockRestore()) };
}

describe('LogView that is followed', () => {
  it('stays at the end while lines come', async () => {
    using _ = pretendLayout();
    const host: { append?: (count: number) => void } = {};
    const added = (count: number) => Array.from({ length: count }, (__, index) => line(`line ${index}`));
    function Host() {
      const [buffer, setBuffer] = useState<LogBuffer>(emptyLogBuffer);
      host.append = count => setBuffer(previous => appendLogLines(previous, added(count)));
      return <LogView label="log" lines={buffer.lines} isWrapped showsTimes={false} isFollowing />;
    }
    renderInTestApp(<Host />);
    const log = await screen.findByRole('log');
    for (const count of [500, 1, 49, 1, 700]) {
      act(() => host.append?.(count));
      expect(log.scrollTop).toBe(log.scrollHeight - 560);
    }
    expect(log.querySelectorAll('[data-line]').length).toBeLessThan(200);
    expect(log.querySelector('[data-line="1250"]')).toBeVisible();
  });
});
