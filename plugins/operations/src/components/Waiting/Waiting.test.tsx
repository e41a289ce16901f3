import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { freezeOf } from '@leitstand/plugin-operations-react/testUtils';
import { renderWithApis, waitingRunOf } from '../../__testUtils__/renderWithApis';
import { ActivityIcon } from '../ActivityIcon';
import { FreezesCard } from '../FreezesCard';
import { WaitingCard } from './WaitingCard';

describe('WaitingCard', () => {
  it('shows what, where, who, why and until when', async () => {
    renderWithApis(<WaitingCard />, { operations: { listApprovals: async () => ({ items: [waitingRunOf()] }) } });
    expect(await screen.findByRole('listitem')).toHaveTextContent(
      /Roll back backend.*production.*peter.*The image does not exist.*expires/,
    );
  });

  it('says that nothing waits', async () => {
    renderWithApis(<WaitingCard />);
    expect(await screen.findByText('Nothing waits for you')).toBeVisible();
  });

  it('leads out of an error', async () => {
    const listApprovals = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue({ items: [waitingRunOf()] });
    renderWithApis(<WaitingCard />, { operations: { listApprovals } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('listitem')).toBeVisible();
  });
});

describe('ActivityIcon', () => {
  it('says how many wait, with one request for all that show it', async () => {
    const listApprovals = jest.fn(async () => ({ items: [waitingRunOf()] }));
    renderWithApis(
      <>
        <ActivityIcon />
        <WaitingCard />
      </>,
      { operations: { listApprovals } },
    );
    expect(await screen.findByText('1 waits for you')).toBeInTheDocument();
    expect(listApprovals).toHaveBeenCalledTimes(1);
  });
});

describe('FreezesCard', () => {
  it('shows the freezes that concern the entity of the page', async () => {
    const listFreezes = jest.fn(async () => [freezeOf()]);
    renderWithApis(<FreezesCard />, { operations: { listFreezes } });
    expect(await screen.findByRole('note')).toHaveTextContent(/Frozen: Black Friday.*production.*2 Mar 2099/);
    expect(listFreezes).toHaveBeenCalledWith({ entityRef: 'component:default/backend' }, expect.anything());
  });
});
