/// The network of a customer: a family in one flat, an agent's telephone, and somebody who shares nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibilityFindings, api, openBrowser, signIn, takeScreenshot, visit } from './browser.mjs';
import { declareSource, importFile } from './ground.mjs';

const run = Date.now() % 10_000_000;
const tail = String(run).padStart(7, '0');
const code = `e2e-network-${run.toString(36)}`;
const flat = `浙江省杭州市西湖区文三路${1 + (run % 9_000)}号3幢2单元501室`;
const agent = `137${tail}9`;
/// Names of two given characters that no other run gives: the store may know those of earlier runs.
const characters = [...'安邦德宁国强海燕金凤可心立群梦洁鹏飞若曦思源天佑文博晓雪永康志远'];
const given = (index) => {
  const which = (run + index * 37) % (characters.length * characters.length);
  return characters[which % characters.length] + characters[Math.floor(which / characters.length)];
};
const father = `王${given(0)}`;
const mother = `李${given(1)}`;
const longName = `阿不都热合曼买买提${given(2)}`;
const single = `独孤${given(3)}`;
const surnames = ['万俟', '皇甫', '尉迟', '司徒'];
const rows = [
  ['F1', father, `139${tail}1`, flat],
  ['F2', mother, agent, flat],
  ['F3', longName, `139${tail}1`, flat],
  ['L1', single, `138${tail}8`, ''],
  ...Array.from({ length: 24 }, (_, index) => [
    `A${index}`,
    surnames[index % 4] + given(index + 4),
    agent,
    '',
  ]),
];
const text = ['客户号,姓名,手机号码,家庭住址', ...rows.map((row) => row.join(','))].join('\n');
const byHeader = { header: 'first_row', key_column: '客户号', columns: [], fixed: [] };

let browser;
let page;

before(async () => {
  await declareSource(code);
  const file = { name: `${code}.csv`, bytes: Buffer.from(`${text}\n`) };
  await importFile(code, file, byHeader);
  browser = await openBrowser();
  page = browser.page;
  await signIn(page);
});
after(() => browser?.close());

/// The address of the network of whoever gives a telephone and a name.
async function networkOf(name, mobile) {
  const { items } = await api('POST', '/customers/search', { text: mobile, by: 'phone', limit: 100 });
  const found = items.find((row) => row.name === name);
  return `/customers/${found.number}?tab=network`;
}

test('a family is encircled with its reasons, and Enter opens one of them', async () => {
  await visit(page, await networkOf(father, `139${tail}1`));
  await page.waitForSelector('[data-test=network-graph] .network-household:has-text("疑似家庭")');
  await page.waitForSelector('[data-test=household] li:has-text("住址相同")');
  assert.equal(await page.locator('[data-test=network-customer]').count(), 2);
  await page.waitForSelector(`[data-test=household] a:has-text("${longName}")`);
  await takeScreenshot(page, 'network-household');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.locator('[data-test=network-customer]', { hasText: mother }).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.panorama-head h1:has-text("${mother}")`);
  await page.waitForSelector(`[data-test=network-graph] .asked:has-text("${mother}")`);
});

test('an agent’s telephone is marked, is not listed to the end, and makes nobody a household', async () => {
  await visit(page, await networkOf(mother, agent));
  const crowded = page.locator('.network-contact.crowded');
  await crowded.waitFor();
  assert.match(await crowded.textContent(), /25 位客户 · 多人共用/);
  await page.waitForSelector('[data-test=network] td:has-text("共 25 位，仅列出 20 位")');
  assert.equal(await page.locator('[data-test=household]').count(), 1);
  await takeScreenshot(page, 'network-crowded');
  assert.deepEqual(await accessibilityFindings(page), []);
});

test('the network is read in English and in the dark', async () => {
  await page.evaluate(() => {
    localStorage.setItem('hubu.language', 'en');
    localStorage.setItem('hubu.brightness', 'dark');
  });
  await visit(page, await networkOf(father, `139${tail}1`));
  await page.waitForSelector('[data-test=household]:has-text("the same home address")');
  await takeScreenshot(page, 'network-dark-english');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.evaluate(() => {
    localStorage.setItem('hubu.language', 'zh');
    localStorage.setItem('hubu.brightness', 'light');
  });
});

test('who shares nothing is told so, and what fails can be tried again', async () => {
  const address = await networkOf(single, `138${tail}8`);
  await visit(page, address);
  await page.waitForSelector('.state:has-text("没有共用的联系方式")');
  await page.route('**/network', (route) => route.fulfill({ status: 503, body: '{}' }));
  await visit(page, address);
  await page.waitForSelector('.state [role=alert]');
  await page.unroute('**/network');
  await page.click('.state button:has-text("重试")');
  await page.waitForSelector('.state:has-text("没有共用的联系方式")');
});
