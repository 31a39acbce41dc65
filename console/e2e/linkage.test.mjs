/// Linkage as two people work with it: the model card, a run over the whole book, its preview, and who applies it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  accessibilityFindings,
  api,
  apiAs,
  openBrowser,
  second,
  signIn,
  takeScreenshot,
  visit,
} from './browser.mjs';
import { declareSource, importFile } from './ground.mjs';
import { identityNumber, source } from './people.mjs';

const byHeader = { header: 'first_row', key_column: '客户号', columns: [], fixed: [] };
const code = `${source}-linkage`;
const run = Date.now() % 10_000_000;

let first;
let other;

before(async () => {
  await declareSource(code);
  const number = identityNumber(`110101${1950 + (run % 40)}0101${String(run % 1000).padStart(3, '0')}`);
  const rows = [
    `L1,拓跋重识,${number},`,
    `L2,拓跋重识,${number},`,
    `L3,宇文独立,,138${String(run).padStart(8, '0')}`,
  ];
  const bytes = Buffer.from(`客户号,姓名,身份证号,手机号码\n${rows.join('\n')}\n`);
  await importFile(code, { name: `${code}.csv`, bytes }, byHeader);
  // What an earlier test run left is put away.
  const { items } = await api('GET', '/linkage/runs?limit=50');
  for (const { id, state } of items) {
    if (state === 'ready') await api('POST', `/linkage/runs/${id}/discard`, { reason: '清理' });
  }
  first = await openBrowser();
  other = await openBrowser();
  await signIn(first.page, '/linkage/runs');
  await signIn(other.page, '/linkage/runs', second);
});
after(async () => {
  await first?.close();
  await other?.close();
});

test('a run is started, shows what would change, and a second person applies it', async () => {
  const { page } = first;
  await page.click('[data-test=start-run] >> nth=0');
  await page.fill('[data-test=start-reason]', '季度整理');
  await takeScreenshot(page, 'linkage-start');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.click('[data-test=confirm-start]');
  await page.waitForURL(/linkage\/runs\/\d+/);
  await page.waitForSelector('[data-test=second-person]');
  const address = new URL(page.url()).pathname;
  assert.ok(await page.isDisabled('[data-test=apply-run]'));
  const id = address.split('/').at(-1);
  const told = await api('GET', `/linkage/runs/${id}`);
  const shown = await page.innerText('[data-test=figure-records] .figure-value');
  assert.equal(Number(shown.replaceAll(',', '')), told.figures.records);
  await takeScreenshot(page, 'linkage-preview');
  assert.deepEqual(await accessibilityFindings(page), []);
  await visit(other.page, address);
  await other.page.click('[data-test=apply-run]');
  await other.page.fill('.ant-modal textarea', '已看过预览');
  await other.page.click('.ant-modal .ant-btn-dangerous');
  await other.page.waitForSelector('.ant-tag-success');
  const applied = await api('GET', `/linkage/runs/${id}`);
  assert.equal(applied.state, 'applied');
  await takeScreenshot(other.page, 'linkage-applied');
});

test('a second run of the same customers is refused in words while one waits', async () => {
  const { id } = await api('POST', '/linkage/runs', { family: 'person', learn: false, reason: '占位' });
  for (;;) {
    const { state } = await api('GET', `/linkage/runs/${id}`);
    if (state !== 'running') break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { page } = first;
  await visit(page, '/linkage/runs');
  await page.click('[data-test=start-run] >> nth=0');
  await page.fill('[data-test=start-reason]', '再来一次');
  await page.click('[data-test=confirm-start]');
  await page.waitForSelector('.ant-modal .problem');
  assert.match(await page.innerText('.ant-modal .problem'), /尚未结束/);
  await page.keyboard.press('Escape');
  await visit(other.page, `/linkage/runs/${id}`);
  await other.page.click('[data-test=discard-run]');
  await other.page.fill('.ant-modal textarea', '不需要');
  await other.page.click('.ant-modal .ant-btn-primary');
  await other.page.waitForSelector('.ant-tag:has-text("已放弃")');
  await assert.rejects(apiAs(second, 'POST', `/linkage/runs/${id}/apply`, { reason: 'x' }), /conflict/);
});

test('the model card says what each piece of information weighs, in both languages and in the dark', async () => {
  const { page } = first;
  await visit(page, '/linkage/model');
  await page.waitForSelector('[data-test=weights-name]');
  assert.match(await page.innerText('[data-test=weights-name]'), /相同/);
  assert.ok((await page.locator('[data-test=guards] li').count()) > 0);
  await page.waitForSelector('[data-test=curve-said]');
  await takeScreenshot(page, 'linkage-model');
  assert.deepEqual(await accessibilityFindings(page), []);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('[data-test=download-model]'),
  ]);
  assert.equal(download.suggestedFilename(), 'linkage-person.toml');
  await visit(page, '/linkage/model?family=organisation');
  await page.waitForSelector('[data-test=weights-credit_code]');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(() => localStorage.setItem('hubu.language', 'en'));
  await visit(page, '/linkage/model');
  await page.waitForSelector('[data-test=weights-name]');
  assert.match(await page.innerText('[data-test=weights-name]'), /the same/);
  await takeScreenshot(page, 'linkage-model-dark');
  await page.evaluate(() => localStorage.setItem('hubu.language', 'zh'));
});
