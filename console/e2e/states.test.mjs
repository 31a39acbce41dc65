/// The states of a page besides its content: no access, an answer that failed, an address that leads nowhere; and that
/// each of them speaks the language of the console.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibilityFindings, base, openBrowser, signIn, takeScreenshot, visit } from './browser.mjs';
import { actAs, actAsOneself } from './ground.mjs';

let browser;
let page;

before(async () => {
  browser = await openBrowser();
  page = browser.page;
  await signIn(page, '/');
});
after(() => browser?.close());

test('somebody without a permission sees only what is theirs, and is told why and whom to ask', async () => {
  await actAs(page, 'operator', ['intake', 'administer']);
  await visit(page, '/');
  await page.waitForSelector('[data-test=figures]');
  assert.equal(await page.locator('nav.areas a[href="/customers"]').count(), 0);
  await visit(page, '/customers');
  const said = await page.innerText('main');
  for (const word of ['运维人员', '查看客户', '系统管理员', 'forbidden'])
    assert.ok(said.includes(word), word);
  assert.deepEqual(await accessibilityFindings(page), []);
  await takeScreenshot(page, 'no-access');
  await actAsOneself(page);
});

test('a clerk may import but is not asked to declare a source in vain', async () => {
  await actAs(page, 'clerk', ['read_customers', 'unmask', 'intake']);
  await visit(page, '/intake/sources');
  await page.waitForSelector('main:has-text("由系统管理员或运维人员办理")');
  assert.equal(await page.locator('[data-test=new-source]').count(), 0);
  await actAsOneself(page);
});

test('an answer that failed shows its code and can be asked for again', async () => {
  const address = `${base}/api/v1/sources`;
  const problem = {
    type: '/problems/storage',
    title: { zh: '系统内部出错', en: 'the server failed' },
    status: 500,
    code: 'storage',
    detail: '',
  };
  await page.route(address, (route) => route.fulfill({ status: 500, json: problem }));
  await page.goto(`${base}/intake/sources`);
  await page.waitForSelector('main:has-text("storage")');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.unroute(address);
  await page.getByRole('button', { name: '重试' }).click();
  await page.waitForSelector('.ant-table-row, main:has-text("还没有来源")');
});

test('a refusal is in Chinese where the console is, and says what to correct', async () => {
  await page.goto(`${base}/customers/12345`);
  await page.waitForSelector('main:has-text("客户号应为 12 位数字，输入了 5 个字符")');
  assert.doesNotMatch(await page.innerText('main'), /number/);
});

test('an address that leads nowhere keeps the frame and offers a way back', async () => {
  await page.goto(`${base}/nowhere/at/all`);
  await page.waitForSelector('nav.areas');
  await page.waitForSelector('main:has-text("没有这个页面")');
});

test('the audit log speaks in words, not in codes', async () => {
  await visit(page, '/audit');
  await page.waitForSelector('[role=row] [role=gridcell]');
  const rows = (await page.locator('[role=row] [role=gridcell]').allInnerTexts()).join('\n');
  assert.doesNotMatch(rows, /[{}"]|[a-z]+\.[a-z]+_?[a-z]*\b(?<!@local)/);
  assert.match(rows, /登录/);
  await page.locator('[role=row][aria-rowindex="1"]').click();
  await page.waitForSelector('.ant-drawer-open');
  assert.deepEqual(await accessibilityFindings(page), []);
});

test('the overview shows no code of the server', async () => {
  await visit(page, '/');
  const said = await page.innerText('main');
  assert.doesNotMatch(said, /strong_keys|sqlite\b(?! )|process|power/);
});
