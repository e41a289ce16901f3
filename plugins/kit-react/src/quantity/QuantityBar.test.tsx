import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { formatBytes, formatCpu } from '../units';
import { QuantityBar } from './QuantityBar';

describe('QuantityBar', () => {
  it.each([
    [{ usage: 0.1, request: 0.25, limit: 0.5 }, '0.1 CPU used · 0.25 CPU requested · limit 0.5 CPU'],
    [{ usage: 0.48, limit: 0.5 }, '0.48 CPU used · limit 0.5 CPU · near its end'],
    [{ request: 12.34 }, '12.3 CPU requested · no limit'],
    [{ limit: 0 }, 'limit 0 CPU'],
  ])('says %j in words', async (values, words) => {
    renderInTestApp(<QuantityBar {...values} format={formatCpu} />);
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('has an end that is no limit', async () => {
    renderInTestApp(<QuantityBar request={1024} limit={4096} end="capacity" format={formatBytes} />);
    expect(await screen.findByText('1 KiB requested · of 4 KiB')).toBeVisible();
  });
});
