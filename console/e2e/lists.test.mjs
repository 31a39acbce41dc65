/// The customer list as somebody who works with it all day sets it up: columns, views, filters, keys, selection.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibilityFindings, api, openBrowser, signIn, takeScreenshot, visit } from './browser.mjs';
import { declareSource, importFile } from './ground.mjs';
import { file, person, source } from './people.mjs';

const byHeader = { header: 'first_row', key_column: '客户号', columns: [], fixed: [] };
const heaviestAnswer = 200_000;
const viewName = `视图 ${source}`;

let browser;
let page;
let viewAddress;
const heavy = [];

before(async () => {
  await declareSource(source);
  await importFile(source, file, byHeader);
  browser = await openBrowser();
  page = browser.page;
  page.on('response', async (response) => {
    if (!response.url().includes('/api/')) return;
    const body = await response.body().catch(() => Buffer.alloc(0));
    if (body.length > heaviestAnswer) heavy.push(`${response.url()} ${body.length}`);
  });
  await signIn(page, '/customers');
});
after(() => browser?.close());

const headers = () => page.locator('[role=columnheader]').allInnerTexts();

test('columns are chosen, and are as they were after the page was loaded again', async () => {
  await visit(page, '/customers');
  await page.click('[data-test=columns]');
  await page.click('[data-test=column-mobile]');
  await page.waitForFunction(() => !document.body.innerText.includes('状态\n手机'));
  assert.ok(!(await headers()).includes('手机'));
  await page.reload();
  await page.waitForSelector('[role=columnheader]');
  assert.ok(!(await headers()).includes('手机'));
  await page.click('[data-test=columns]');
  await page.getByRole('button', { name: '显示全部列' }).click();
  await page.waitForSelector('[role=columnheader]:has-text("手机")');
});

test('a filter is a chip that can be taken away, and the count follows', async () => {
  await visit(page, `/customers?source=${source}`);
  await page.waitForSelector('[data-test=chip-source]');
  assert.match(await page.innerText('[data-test=chip-source]'), new RegExp(`来源 ${source}`));
  const narrow = await page.innerText('[data-test=count]');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.locator('[data-test=chip-source] [role=button], [data-test=chip-source] .anticon-close').click();
  await page.waitForSelector('[data-test=chips]', { state: 'detached' });
  assert.ok(!page.url().includes('source='));
  await page.waitForFunction(
    (before) => !['…', before].includes(document.querySelector('[data-test=count]')?.textContent ?? '…'),
    narrow,
  );
});

test('what is shown is saved as a view, and its link gives the same list', async () => {
  await visit(page, `/customers?source=${source}&order=name`);
  await page.click('[data-test=columns]');
  await page.click('[data-test=column-created_at]');
  await page.keyboard.press('Escape');
  await page.click('[data-test=views]');
  await page.getByRole('menuitem', { name: '将当前列表存为视图' }).click();
  await page.fill('[data-test=view-name]', viewName);
  await page.click('[data-test=view-shared]');
  assert.deepEqual(await accessibilityFindings(page), []);
  await takeScreenshot(page, 'view-dialog');
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  await page.waitForURL(/\?view=\d+$/);
  viewAddress = new URL(page.url()).pathname + new URL(page.url()).search;
  await page.evaluate(() => localStorage.removeItem('hubu.customers.columns'));
  await visit(page, viewAddress);
  await page.waitForSelector('[data-test=chip-source]');
  assert.ok(!(await headers()).includes('建档'));
  const [saved] = (await api('GET', '/saved-views?list=customers')).items.filter(
    ({ name }) => name === viewName,
  );
  assert.deepEqual([saved.shared, saved.order, saved.filters], [true, 'name', { source }]);
});

test('a view that was changed says so, is updated, and is deleted', async () => {
  await visit(page, viewAddress);
  await page.getByText('按客户号').click();
  await page.waitForSelector('[data-test=views]:has-text("已改动")');
  await page.click('[data-test=views]');
  await page.getByRole('menuitem', { name: `更新视图“${viewName}”` }).click();
  await page.waitForURL(/\?view=\d+$/);
  await page.waitForSelector('[data-test=views]:not(:has-text("已改动"))');
  await page.click('[data-test=views]');
  await page.getByRole('menuitem', { name: `删除视图“${viewName}”` }).click();
  await page.waitForURL(/\/customers$/);
  await visit(page, viewAddress);
  await page.waitForSelector('main:has-text("这个视图已删除")');
});

test('the list jumps to a number, and to a surname', async () => {
  const found = await api('POST', '/customers/search', { text: person.number, by: 'id_number' });
  const { number } = found.items[0];
  await visit(page, '/customers');
  await page.fill('[data-test=jump] input, input[data-test=jump]', number);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`[role=row][aria-rowindex="1"]:has-text("${number}")`);
  await visit(page, '/customers?order=name');
  await page.fill('[data-test=jump] input, input[data-test=jump]', '欧');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[role=row][aria-rowindex="1"]:has-text("欧")');
});

test('two customers are taken up by the keyboard alone and shown before they are merged', async () => {
  await visit(page, `/customers?source=${source}`);
  await page.waitForSelector('[role=row].active');
  for (const key of ['x', 'j', 'x']) await page.keyboard.press(key);
  await page.waitForSelector('[data-test=selection]:has-text("已选 2 位")');
  // The bar takes its room from the list, whose rows are measured anew.
  await page.waitForFunction(() => document.querySelectorAll('[role=row][aria-selected=true]').length === 2);
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.click('[data-test=merge-two]');
  assert.equal(await page.locator('[data-test=merge-preview] li').count(), 2);
  await takeScreenshot(page, 'merge-two');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.ant-modal-wrap', { state: 'hidden' });
  await page.keyboard.press('x');
  await page.waitForSelector('[data-test=selection]:has-text("已选 1 位")');
});

test('batches are narrowed by their state, and an empty answer offers all of them again', async () => {
  await visit(page, `/intake/batches?source=${source}`);
  await page.waitForSelector(`[role=row]:has-text("${file.name}")`);
  await visit(page, `/intake/batches?source=${source}&state=interrupted`);
  await page.waitForSelector('main:has-text("没有符合条件的批次")');
  await page.locator('main').getByRole('button', { name: '全部批次' }).click();
  await page.waitForSelector(`[role=row]:has-text("${file.name}")`);
  assert.deepEqual(await accessibilityFindings(page), []);
});

test('no answer weighs more than 200 kB, and no list loads the charts', async () => {
  const scripts = [];
  page.on('request', (request) => scripts.push(request.url()));
  for (const path of ['/customers', '/audit', '/intake/batches', '/intake/quarantine', '/reviews']) {
    await visit(page, path);
    await page.mouse.wheel(0, 20_000);
  }
  await page.waitForLoadState('networkidle');
  assert.deepEqual(heavy, []);
  assert.deepEqual(
    scripts.filter((url) => url.includes('bar-chart')),
    [],
  );
});
