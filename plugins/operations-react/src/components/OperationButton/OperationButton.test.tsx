import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TestLiveApi } from '@leitstand/plugin-kit-react/testUtils';
import { runRouteRef } from '../../routes';
import { operationsApiOf, testApis } from '../../__testUtils__/testApis';
import { availableRollback, freezeOf } from '../../testUtils';
import { EntityOperations } from './EntityOperations';

function setup(overrides: Parameters<typeof operationsApiOf>[0]) {
  const operations = operationsApiOf(overrides);
  renderInTestApp(<EntityOperations entityRef="component:default/backend" />, {
    apis: testApis(operations, new TestLiveApi()),
    mountedRoutes: { '/activity/runs/:id': runRouteRef },
  });
  return operations;
}

describe('EntityOperations', () => {
  it('says by keyboard and to screen readers why a button does nothing', async () => {
    const refusal = { code: 'OPERATION_NOT_ALLOWED', message: 'Only the group shop may do this.' };
    const operations = setup({ listAvailable: async () => [availableRollback({ isAvailable: false, refusal })] });
    const button = await screen.findByRole('button', { name: 'Roll back' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(button).toHaveAccessibleDescription('Not available: Only the group shop may do this.');
    await userEvent.tab();
    expect(button).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(operations.plan).not.toHaveBeenCalled();
  });

  it('opens the dialog by keyboard', async () => {
    setup({});
    await screen.findByRole('button', { name: 'Roll back' });
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByRole('dialog')).toBeVisible();
  });

  it('says on the button that what is asked for now has to wait, with one question for all buttons', async () => {
    const other = availableRollback({ operation: 'rollouts-restart', title: 'Restart' });
    const operations = setup({
      listAvailable: async () => [availableRollback(), other],
      listFreezes: jest.fn(async () => [freezeOf(), freezeOf({ id: 'planned', state: 'planned', reason: 'Later' })]),
    });
    const button = await screen.findByRole('button', {
      name: 'Restart',
      description: /Frozen until 2 Mar 2099.*Black/,
    });
    expect(button).not.toHaveAttribute('aria-disabled');
    expect(operations.listFreezes).toHaveBeenCalledTimes(1);
  });

  it('says when the door does not answer', async () => {
    setup({ listAvailable: jest.fn().mockRejectedValue(new TypeError('Failed to fetch')) });
    expect(await screen.findByText('Could not find out what you may do here.')).toBeVisible();
  });
});
