import { screen } from '@testing-library/react';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { HealthCard } from './HealthCard';

describe('HealthCard', () => {
  it('shows the verdict and leads to the tab', async () => {
    renderWithApis(<HealthCard />);
    expect(await screen.findByText('Failed')).toBeVisible();
    expect(screen.getByText('3 of 3 replicas ready')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open workload' })).toHaveAttribute(
      'href',
      '/catalog/default/component/backend/workload',
    );
  });

  it('shows an error with a way out', async () => {
    renderWithApis(<HealthCard />, {
      rollouts: { getWorkload: jest.fn().mockRejectedValue(new TypeError('Failed to fetch')) },
    });
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible();
  });
});
