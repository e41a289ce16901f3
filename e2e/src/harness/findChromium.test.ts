import { openBrowser } from './openBrowser';

describe('findChromium', () => {
  it('finds a browser that draws text', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.setContent('<main><h1>Leitstand</h1></main>');
      const heading = page.getByRole('heading', { name: 'Leitstand' });
      expect(await heading.isVisible()).toBe(true);
      // A machine without fonts draws nothing but boxes of no width.
      expect((await heading.evaluate(element => element.getBoundingClientRect().height)) > 10).toBe(true);
    } finally {
      await browser.close();
    }
  });
});
