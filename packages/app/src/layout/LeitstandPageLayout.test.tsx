import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import { LeitstandPageLayout } from './LeitstandPageLayout';

const content = 'What is below';
const tabs = [
  { id: 'workloads', label: 'Workloads', href: 'workloads' },
  { id: 'images', label: 'What runs where', href: 'images' },
];

describe('LeitstandPageLayout', () => {
  it.each([
    ['/images', 'What runs where | Fleet'],
    ['/images/one', 'What runs where | Fleet'],
    ['/', 'Fleet'],
  ])('shows %s with the title of what is shown', async (address, title) => {
    renderInTestApp(
      <LeitstandPageLayout title="Fleet" tabs={tabs}>
        {content}
      </LeitstandPageLayout>,
      { initialRouteEntries: [address] },
    );
    expect(await screen.findByText(content)).toBeVisible();
    await waitFor(() => expect(document.title).toMatch(`${title} | `));
  });

  it('says so where an address below a page of several leads nowhere', async () => {
    renderInTestApp(
      <LeitstandPageLayout title="Fleet" tabs={tabs}>
        {content}
      </LeitstandPageLayout>,
      { initialRouteEntries: ['/imagesque'] },
    );
    expect(await screen.findByText('There is no such page')).toBeVisible();
    expect(screen.getByRole('link', { name: 'What runs where' })).toBeVisible();
    await waitFor(() => expect(document.title).toMatch('There is no such page | '));
  });
});
