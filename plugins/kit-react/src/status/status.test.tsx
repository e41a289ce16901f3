import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { LeitstandThemeProvider } from '../theme';
import { HealthBadge } from './HealthBadge';
import { StatusChip } from './StatusChip';

describe('status', () => {
  it('is said in words, not by colour alone', async () => {
    const word = 'Needs attention';
    await renderInTestApp(
      <LeitstandThemeProvider mode="dark">
        <HealthBadge state="scaled-to-zero" />
        <HealthBadge state="progressing" />
        <StatusChip tone="error" label={word} />
      </LeitstandThemeProvider>,
    );
    for (const text of ['Scaled to zero', 'Rolling out', word]) {
      expect(await screen.findByText(text)).toBeVisible();
    }
  });
});
