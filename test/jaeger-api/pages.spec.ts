import type { Browser } from 'playwright-core';
import { StartedLab, startLab } from '../../apps/lab/src/testing/start-lab';
import { otlpRequest, spanId, traceId } from '../../apps/lab/src/testing/otlp-request';
import { describeUnless, launchBrowser, noBrowser } from '../support/browser';

describeUnless(noBrowser, "the lab's pages in a browser", () => {
  let lab: StartedLab;
  let url: string;
  let browser: Browser;

  beforeAll(async () => {
    lab = await startLab();
    await lab.app.listen(0, '127.0.0.1');
    url = await lab.app.getUrl();
    await lab.send(
      otlpRequest(
        { trace: 1, id: 1, kind: 2, name: 'POST /servers', took: 50 },
        {
          trace: 1,
          id: 2,
          parent: 1,
          name: '_get_image',
          error: 'Image abc could not be found.',
          attributes: {
            'hop.level': 'story',
            'code.function.name': 'nova.compute.api.API._get_image',
            'code.url': 'https://x.test/y',
          },
        },
        { trace: 1, id: 3, parent: 2, name: 'helper', attributes: { 'hop.level': 'detail', 'image.id': 'abc' } },
      ),
    );
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await lab.stop();
  });

  it('leads from the list to a trace, its levels and its hops', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    await page.getByLabel('Tag').fill('image.id:abc');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByText('POST /servers').click();
    expect(page.url()).toBe(`${url}/trace/${traceId(1)}`);
    expect(await page.locator('details').count()).toBe(2);
    await page.getByRole('link', { name: 'detail' }).click();
    await page.getByText('helper').waitFor();
    expect(await page.locator('details').count()).toBe(3);
    const failed = page.locator('details', { hasText: '_get_image' });
    expect(await failed.getByRole('link').isVisible()).toBe(false);
    await failed.locator('summary').click();
    expect(await failed.getByRole('link').getAttribute('href')).toBe('https://x.test/y');
    await failed.getByText('Image abc could not be found.').waitFor();
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
    await page.close();
  }, 60_000);

  it('scrolls to the span that a link points to', async () => {
    const many = Array.from({ length: 200 }, (_, index) => ({
      trace: 2,
      id: index + 2,
      parent: 1,
      name: `hop ${index}`,
    }));
    await lab.send(otlpRequest({ trace: 2, id: 1, name: 'root' }, ...many));
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    await page.goto(`${url}/trace/${traceId(2)}?span=${spanId(152)}`);
    await page.waitForFunction('scrollY > 1000');
    const sought = page.locator('details[open]');
    expect(await sought.locator('.name').textContent()).toContain('hop 150');
    const { y } = (await sought.boundingBox())!;
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(700);
    await page.close();
  }, 60_000);

  it.each([390, 1200])(
    'fits a window of %d pixels',
    async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      for (const path of ['/', `/trace/${traceId(1)}?level=detail`]) {
        await page.goto(url + path);
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      await page.close();
    },
    60_000,
  );
});
