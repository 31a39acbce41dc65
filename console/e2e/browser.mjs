/// A browser, a signed-in page, and the API as a program uses it to lay the ground of a test.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const base = process.env.HUBU_BASE ?? 'http://127.0.0.1:7800';
export const account = process.env.HUBU_NAME ?? 'admin';
/// Another account with the same password, who may decide what the first one may.
export const second = process.env.HUBU_SECOND ?? 'second-person';
export const password = process.env.HUBU_PASSWORD ?? '';
const screenshots = process.env.HUBU_SCREENSHOTS ?? '';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const sizes = { laptop: [1366, 768], desk: [1920, 1080], tablet: [820, 1180] };

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function chromiumHere() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`);
  const found = process.env.CHROMIUM ?? names.find((path) => existsSync(path));
  if (!found) throw new Error('no Chromium: install it, or say its path in CHROMIUM');
  return found;
}

/// Chromium with a profile of its own that is thrown away.
export async function openBrowser(size = 'laptop') {
  const profile = mkdtempSync(join(tmpdir(), 'hubu-chromium-'));
  const [width, height] = sizes[size];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumHere(),
    headless: true,
    args: flags,
    viewport: { width, height },
    colorScheme: 'light',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(20_000);
  return {
    context,
    page: context.pages()[0] ?? (await context.newPage()),
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

export async function signIn(page, path = '/', name = account) {
  await page.goto(`${base}${path}`);
  await page.waitForSelector('[data-test=sign-in], nav.areas');
  if (await page.locator('nav.areas').count()) return;
  await page.fill('input[autocomplete=username]', name);
  await page.fill('input[type=password]', password);
  await page.click('[data-test=sign-in]');
  await page.waitForSelector('nav.areas');
}

export async function visit(page, path) {
  await page.goto(`${base}${path}`);
  await page.waitForSelector('nav.areas');
  await page.waitForFunction(() => !document.querySelector('.ant-skeleton, [aria-busy=true]'));
}

/// What fades in has the contrast of neither its beginning nor its end, so it is waited for; what turns for ever is not.
async function settle(page) {
  await page.evaluate(async () => {
    const ends = (one) => one.playState === 'running' && one.effect?.getTiming().iterations !== Infinity;
    const ending = document.getAnimations().filter(ends);
    await Promise.allSettled(ending.map((one) => one.finished));
  });
}

/// Serious and critical findings of axe, as lines that say what and where.
export async function accessibilityFindings(page) {
  await settle(page);
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}

export async function takeScreenshot(page, name) {
  if (!screenshots) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

const tokens = new Map();

/// Asks the API as a program does: with a bearer token, without the console.
export async function api(method, path, body) {
  return apiAs(account, method, path, body);
}

export async function apiAs(name, method, path, body) {
  if (!tokens.has(name))
    tokens.set(name, (await send(undefined, 'POST', '/sessions', { name, password })).token);
  return send(tokens.get(name), method, path, body);
}

async function send(token, method, path, body) {
  const isBytes = body instanceof Uint8Array;
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      'x-hubu-request': '1',
      'content-type': isBytes ? 'application/octet-stream' : 'application/json',
    },
    body: body === undefined ? undefined : isBytes ? body : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}
