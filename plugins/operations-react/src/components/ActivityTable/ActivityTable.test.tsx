import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TestLiveApi } from '@leitstand/plugin-kit-react/testUtils';
import { runRouteRef } from '../../routes';
import { operationsApiOf, testApis } from '../../__testUtils__/testApis';
import { approvalOf, runOf } from '../../testUtils';
import { ActivityTable } from './ActivityTable';

function setup(overrides: Parameters<typeof operationsApiOf>[0], filter = {}) {
  const operations = operationsApiOf(overrides);
  renderInTestApp(<ActivityTable filter={filter} />, {
    apis: testApis(operations, new TestLiveApi()),
    mountedRoutes: { '/activity/runs/:id': runRouteRef, '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
  return operations;
}

describe('ActivityTable', () => {
  it('shows what was done, on what, by whom, why and with what result, and older runs on demand', async () => {
    const older = runOf({
      id: '0c1d5c26-3b5f-4c43-8c4b-3df5a8d7f001',
      summary: 'Roll back frontend',
      state: 'succeeded',
    });
    const operations = setup({
      listRuns: jest.fn(async ({ cursor }) =>
        cursor === 'next' ? { items: [older] } : { items: [runOf()], nextCursor: 'next' },
      ),
    });
    const row = await screen.findByRole('row', { name: /Running/ });
    expect(within(row).getByRole('link', { name: runOf().summary })).toHaveAttribute(
      'href',
      `/activity/runs/${runOf().id}`,
    );
    expect(within(row).getByText('The image does not exist')).toBeVisible();
    expect(within(row).getByRole('link', { name: /backend$/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/backend',
    );
    expect(within(row).getByRole('link', { name: /olivia/ })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('link', { name: 'Roll back frontend' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
    expect(operations.listRuns).toHaveBeenCalledWith(expect.objectContaining({ cursor: 'next' }));
  });

  it('names who said no, and why', async () => {
    const approval = approvalOf({ state: 'rejected', decidedBy: 'user:default/ada', comment: 'Measure again first' });
    const error = { name: 'ConflictError', message: 'user:default/ada said no: Measure again first' };
    setup({ listRuns: async () => ({ items: [runOf({ state: 'rejected', approval, error })] }) });
    const row = await screen.findByRole('row', { name: /Rejected/ });
    expect(await within(row).findByRole('link', { name: /^ada/ })).toBeVisible();
    expect(within(row).getByTitle('Measure again first')).toHaveTextContent(/^ada.*: Measure again first$/);
  });

  it('shows its loading state', async () => {
    setup({ listRuns: () => new Promise(() => {}) });
    expect(await screen.findByRole('status', { name: 'Loading' })).toHaveAttribute('aria-busy', 'true');
  });

  it.each([
    [{}, 'Nothing has been done yet'],
    [{ state: 'failed' }, 'Nothing fits the filter'],
  ])('is empty with %j', async (filter, title) => {
    setup({ listRuns: async () => ({ items: [] }) }, filter);
    expect(await screen.findByText(title)).toBeVisible();
  });

  it('leads out of an error', async () => {
    setup({
      listRuns: jest
        .fn()
        .mockRejectedValueOnce(new TypeError('Failed to fetch'))
        .mockResolvedValue({ items: [runOf()] }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: runOf().summary })).toBeVisible();
  });
});
