import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describeUnless, launchBrowser, noBrowser } from '../support/browser';
import { OwnLab, startOwnLab } from '../support/own-lab';

jest.setTimeout(120_000);

const folder = process.env['JAEGER_UI_DIR'];
const noPage =
  folder === undefined
    ? "JAEGER_UI_DIR names no folder with Jaeger's built page"
    : existsSync(join(folder, 'index.html'))
      ? undefined
      : `${folder} has no index.html`;

const SERVICES = ['bootlab', 'compute-api', 'compute-manager', 'conductor', 'glance-api', 'registry'];

interface Boot {
  traceId: string;
  complete: boolean;
}

describeUnless(noBrowser ?? noPage, "Jaeger's own page on the traces of the lab", () => {
  let lab: OwnLab;
  let url: string;
  let browser: Browser;
  let page: Page;
  let boots: Boot[];
  const complaints: string[] = [];

  async function boot(): Promise<Boot> {
    const asked = ['--image', 'demo', '--flavor', 'm1.tiny', '--wait', '--timeout', '60', '--json'];
    return JSON.parse((await lab.bootlab('boot', ...asked)).stdout) as Boot;
  }

  beforeAll(async () => {
    lab = await startOwnLab({ BOOTLAB_LAB__LAB__JAEGER_UI: folder! });
    url = lab.urls['lab']!;
    // The command sends its spans to the port it is told.
    lab.env['BOOTLAB_LAB__LAB__PORT'] = new URL(url).port;
    const disk = join(lab.home, 'disk.raw');
    await writeFile(disk, 'boot');
    const image = ['--file', disk, '--name', 'demo', '--disk-format', 'raw', '--container-format', 'bare'];
    await lab.bootlab('image', 'create', ...image);
    boots = [await boot(), await boot()];
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('response', (answer) => {
      if (answer.status() >= 400) complaints.push(`${answer.status()} ${answer.url()}`);
    });
  });
  afterAll(async () => {
    await browser.close();
    await lab.stop();
  });
  afterEach(() => expect(complaints.splice(0)).toEqual([]));

  it('has traces that are complete', () => {
    expect(boots.map(({ complete }) => complete)).toEqual([true, true]);
  });

  it('finds a boot by its service, and opens it', async () => {
    await page.goto(`${url}/jaeger/search?service=compute-manager&limit=20&lookback=1h`);
    const found = page.locator(`a[href*="/jaeger/trace/${boots[0]!.traceId}"]`).first();
    await found.waitFor();
    expect(await page.locator(`a[href*="/jaeger/trace/${boots[1]!.traceId}"]`).count()).toBeGreaterThan(0);
    await found.click();
    await page.getByText('bootlab boot').first().waitFor();
    expect(new URL(page.url()).pathname).toBe(`/jaeger/trace/${boots[0]!.traceId}`);
  });

  it('shows every service of the boot', async () => {
    await page.goto(`${url}/jaeger/trace/${boots[0]!.traceId}`);
    await page.getByText('bootlab boot').first().waitFor();
    const facts = await page.locator('.LabeledList, .TracePageHeader--overviewItems').first().innerText();
    expect(facts).toMatch(new RegExp(`Services\\s*${SERVICES.length}\\D`));
    // Rows outside of the window are not drawn, so each service is looked for.
    for (const service of SERVICES) {
      await page.goto(`${url}/jaeger/trace/${boots[0]!.traceId}?uiFind=${service}`);
      await page.locator('.span-svc-name').filter({ hasText: service }).first().waitFor();
    }
  });

  it('opens a hop, whose link leads to the lines of the original', async () => {
    await page.goto(`${url}/jaeger/trace/${boots[0]!.traceId}?uiFind=_get_image`);
    await page
      .getByText(/^(Attributes|Tags)/)
      .first()
      .click();
    const link = page.locator('a[href*="/source?hop="]').first();
    await link.waitFor();
    expect(await link.getAttribute('title')).toBe('The lines of the original that this span plays');
    const { status, headers } = await fetch(new URL((await link.getAttribute('href'))!, url), { redirect: 'manual' });
    expect(status).toBe(302);
    expect(headers.get('location')).toMatch(
      /^https:\/\/opendev\.org\/openstack\/nova\/src\/tag\/queens-eol\/nova\/compute\/api\.py#L787/,
    );
  });

  it('leads from the trace to its page in the lab', async () => {
    await page.goto(`${url}/jaeger/trace/${boots[0]!.traceId}`);
    const link = page.locator(`a[href$="/trace/${boots[0]!.traceId}"][title="This trace in the lab"]`);
    await link.waitFor();
    expect(new URL((await link.getAttribute('href'))!, url).pathname).toBe(`/trace/${boots[0]!.traceId}`);
  });

  it('compares two boots', async () => {
    await page.goto(`${url}/jaeger/trace/${boots[0]!.traceId}...${boots[1]!.traceId}`);
    await page.locator('.DiffNode').filter({ hasText: '_get_image' }).first().waitFor();
    expect(await page.locator('.DiffNode').count()).toBeGreaterThan(100);
  });

  it('draws which service calls which', async () => {
    await page.goto(`${url}/jaeger/dependencies`);
    for (const service of SERVICES) await page.getByText(service, { exact: true }).first().waitFor();
  });

  it('has figures on its monitor', async () => {
    await page.goto(`${url}/jaeger/monitor`);
    const service = page.getByRole('combobox').first();
    await service.fill('compute-api');
    await service.press('Enter');
    const row = page.locator('tr').filter({ hasText: 'POST /v2.1/servers' });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/\d(\.\d+)?\s?ms/);
  });
});
