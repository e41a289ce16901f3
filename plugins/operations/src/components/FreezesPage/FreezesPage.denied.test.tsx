import { screen } from '@testing-library/react';
import { freezeOf } from '@leitstand/plugin-operations-react/testUtils';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { FreezesPage } from './FreezesPage';

// Apart from the other tests: `usePermission` keeps its answers for all of a file.
describe('FreezesPage without the permission', () => {
  it('says why it offers nothing to press', async () => {
    renderWithApis(<FreezesPage />, { operations: { listFreezes: async () => [freezeOf()] }, isAllowed: false });
    const button = await screen.findByRole('button', { name: 'Plan a freeze…', description: /may not make/ });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await screen.findByRole('table', { name: 'Freezes' });
    expect(screen.queryByRole('button', { name: 'End…' })).not.toBeInTheDocument();
  });
});
