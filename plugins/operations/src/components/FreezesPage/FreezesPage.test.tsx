import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { freezeOf } from '@leitstand/plugin-operations-react/testUtils';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { FreezesPage } from './FreezesPage';

describe('FreezesPage', () => {
  it('shows what is frozen, why, until when and by whom, and the past on demand', async () => {
    const listFreezes = jest.fn(async () => [
      freezeOf(),
      freezeOf({ id: 'other', state: 'over', endedBy: 'user:default/eve' }),
    ]);
    renderWithApis(<FreezesPage />, { operations: { listFreezes } });
    const row = await screen.findByRole('row', { name: /On environment production Black Friday/ });
    expect(row).toHaveTextContent(/2 Mar 2099, 07:00:00 UTC/);
    expect(within(row).getByRole('link', { name: /ada/ })).toBeVisible();
    expect(screen.getByRole('row', { name: /Over.*ended early by.*eve/ })).toBeVisible();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Show past ones' }));
    await waitFor(() => expect(listFreezes).toHaveBeenLastCalledWith({ past: 'true' }, expect.anything()));
  });

  it.each([
    { unconfirmed: [{ cluster: 'k3s', namespace: 'shop' }, { project: 'lamp' }], held: 'k3s/shop, lamp is held' },
    { unconfirmed: [{}], held: 'everything everywhere is held' },
  ])('says what a freeze holds that is not confirmed: $held', async ({ unconfirmed, held }) => {
    renderWithApis(<FreezesPage />, { operations: { listFreezes: async () => [freezeOf({ unconfirmed })] } });
    expect(await screen.findByText(new RegExp(`Not confirmed by the system yet.*${held}`))).toBeVisible();
  });

  it('makes a freeze', async () => {
    const createFreeze = jest.fn(async () => freezeOf());
    renderWithApis(<FreezesPage />, { operations: { createFreeze } });
    expect(await screen.findByText('Nothing is frozen')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Plan a freeze…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Plan a freeze' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Freeze' }));
    expect(within(dialog).getByText('Say when it ends.')).toBeVisible();
    expect(within(dialog).getByText(/Name at least one of/)).toBeVisible();
    // The first of the fields that are missing has the focus.
    expect(within(dialog).getByRole('combobox', { name: 'Environment' })).toHaveFocus();
    await userEvent.paste('production');
    await userEvent.click(within(dialog).getByRole('textbox', { name: /Reason/ }));
    await userEvent.paste('Sale');
    await userEvent.click(within(dialog).getByRole('button', { name: '4 hours' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Freeze' }));
    await waitFor(() =>
      expect(createFreeze).toHaveBeenCalledWith({
        scope: { environment: 'production' },
        reason: 'Sale',
        endsAt: expect.stringMatching(/Z$/),
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('ends a freeze early', async () => {
    const endFreeze = jest.fn(async () => freezeOf({ state: 'over' }));
    renderWithApis(<FreezesPage />, { operations: { listFreezes: async () => [freezeOf()], endFreeze } });
    await userEvent.click(await screen.findByRole('button', { name: 'End…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'End it now' }));
    expect(endFreeze).toHaveBeenCalledWith(freezeOf().id);
  });

  it('leads out of an error', async () => {
    const listFreezes = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue([freezeOf()]);
    renderWithApis(<FreezesPage />, { operations: { listFreezes } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Black Friday')).toBeVisible();
  });
});
