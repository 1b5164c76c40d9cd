import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';

const font = fileURLToPath(new URL('../../node_modules/@fontsource-variable/noto-sans-sc', import.meta.url));
const target = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));

const cardFile = fileURLToPath(new URL('../../src/web/pages/card.png', import.meta.url));

const pages = {
  list: { path: '/', light: true, width: 1280, height: 900 },
  convention: { path: '/conventions/world-manufacturing-convention', light: true, width: 1280, height: 1300 },
  edition: { path: '/editions/world-manufacturing-convention-2021', light: true, width: 1280, height: 1300 },
  speaker: { path: '/speakers/jean-pierre-raffarin?lang=zh-Hans', light: false, width: 480, height: 800 },
};

test('the pictures of docs/screenshots are made anew', async () => {
  const [app, browser] = await Promise.all([openApp(), launchBrowser()]);
  const { url } = await app.listen();
  for (const [name, { path, light, width, height }] of Object.entries(pages)) {
    const context = await browser.newContext({
      bypassCSP: true,
      colorScheme: light ? 'light' : 'dark',
      viewport: { width, height },
    });
    const page = await context.newPage();
    await page.goto(url + path);
    // The machine may have no Chinese font.
    await page.route('http://fonts.invalid/**', (route) =>
      route.fulfill({
        path: join(font, new URL(route.request().url()).pathname),
        headers: { 'access-control-allow-origin': '*' },
      }),
    );
    const faces = readFileSync(join(font, 'index.css'), 'utf8').replaceAll('./files/', 'http://fonts.invalid/files/');
    await page.addStyleTag({
      content: `${faces} :root, :root:lang(zh) { font-family: "Noto Sans", "Open Sans", "Noto Sans SC Variable", sans-serif; }`,
    });
    await page.evaluate(async () => {
      const faces = [400, 600, 700].map((weight) => `${weight} 1rem "Noto Sans SC Variable"`);
      await Promise.all(faces.map((face) => document.fonts.load(face, document.body.innerText)));
    });
    // Chromium keeps words that it laid out before their letters had come; of another size, they are laid out anew.
    await page.addStyleTag({ content: ':root { font-size: 15.99px; }' });
    expect(await page.screenshot({ path: join(target, `${name}.png`) })).toBeTruthy();
    await context.close();
  }
  const card = await browser.newPage({ viewport: { width: 1200, height: 630 } });
  await card.setContent(`<style>
    body { align-content: center; background: #0b5c8a; color: #fff; font: 600 64px/1.2 "Open Sans", sans-serif; height: 630px; margin: 0; padding: 0 96px; box-sizing: border-box; }
    p { font-size: 34px; font-weight: 400; margin: 24px 0 0; }
  </style><h1 style="font-size: 104px; margin: 0">Expograph</h1><p>Trade conventions,<br>every number with its source</p>`);
  await card.screenshot({ path: cardFile });
  await browser.close();
  await app.close();
}, 120_000);
