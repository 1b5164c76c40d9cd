import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * Launches a headless Chromium that comes from npm alone; EXPOGRAPH_BROWSER names another executable.
 * The caller closes it.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env.EXPOGRAPH_BROWSER;
  const folder = named ? undefined : await unpackedChromium();
  return chromium.launch({
    executablePath: folder ? join(folder, 'chromium') : named,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    env: folder ? { ...process.env, ...libraries(folder) } : process.env,
  });
}

/**
 * Unpacks @sparticuz/chromium once per version and returns the folder. Its own way is a fixed name in the system's
 * temporary folder, where a second process takes a half-written file for a finished one.
 */
async function unpackedChromium(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(modules, '@sparticuz/chromium/package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest && 'version' in manifest ? manifest.version : 'unknown';
  const folder = join(modules, '.cache', `chromium-${version}`);
  if (existsSync(folder)) return folder;

  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}.`);
  try {
    // The name of a Lambda runtime makes it unpack the libraries that a bare system lacks (NSS and others).
    const env = { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' };
    const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: dirname(modules),
      env,
    });
    await writeFile(join(draft, 'fonts', 'fonts.conf'), fonts);
    await rename(draft, folder).catch((error: unknown) => {
      // Somebody else was faster: theirs is the same.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

// The package's own list names /tmp/fonts; this one finds the fonts wherever they were unpacked, and the system's.
const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

function libraries(folder: string): Record<string, string> {
  const own = join(folder, 'al2023', 'lib');
  const others = process.env.LD_LIBRARY_PATH;
  return {
    LD_LIBRARY_PATH: others ? `${own}:${others}` : own,
    FONTCONFIG_PATH: process.env.FONTCONFIG_PATH ?? join(folder, 'fonts'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    HOME: process.env.HOME ?? folder,
  };
}
