import chromium from '@sparticuz/chromium';
import { chromium as pw } from 'playwright-core';
const b = await pw.launch({ executablePath: await chromium.executablePath(), args: [...chromium.args, '--disable-background-networking'], headless: true });
const [,, width = '1280', ...paths] = process.argv;
const page = await b.newPage({ viewport: { width: Number(width), height: 900 } });
for (const p of paths) {
  await page.goto('http://127.0.0.1:4321' + p);
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/shots/${p.replace(/[^a-z0-9]+/gi, '_')}_${width}.png`, fullPage: true });
}
await b.close();
