/// Numbers, names and addresses: checked while a person types, by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibilityFindings, openBrowser, signIn, takeScreenshot, visit } from './browser.mjs';

let browser;
let page;

before(async () => {
  browser = await openBrowser();
  page = browser.page;
  await signIn(page, '/authenticity');
});
after(() => browser?.close());

function holds(selector, text) {
  return page.waitForSelector(`${selector}:has-text("${text}")`);
}

test('a wrong number is told where it is wrong, and a repair is taken by a key', async () => {
  await visit(page, '/authenticity');
  await page.waitForSelector('[data-test=identifier]:focus');
  await page.keyboard.type('110105194912310020');
  await holds('[data-test=verdict]', '居民身份证号码：有误');
  await page.waitForSelector('[data-test=repairs] button');
  await takeScreenshot(page, 'authenticity-identifier');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.locator('[data-test=repairs] button', { hasText: '11010519491231002X' }).focus();
  await page.keyboard.press('Enter');
  await holds('[data-test=verdict]', '格式与校验正确');
  await holds('.panel', '1949-12-31');
});

test('two names are compared as they are typed, with the reasons', async () => {
  await visit(page, '/authenticity?tool=names');
  await page.waitForSelector('[data-test=left-name]:focus');
  await page.keyboard.type('张三');
  await page.fill('[data-test=right-name]', 'ZHANG San');
  await holds('[data-test=reasons]', '拼音');
  await takeScreenshot(page, 'authenticity-names');
  assert.deepEqual(await accessibilityFindings(page), []);
});

test('an address is shown in parts with its division', async () => {
  await visit(page, '/authenticity?tool=address');
  await page.waitForSelector('[data-test=address]:focus');
  await page.keyboard.type('浙江杭州西湖区三墩镇金渡北路12号3幢2单元501室');
  await holds('[data-test=pieces]', '金渡北路');
  await holds('.panel', '浙江省 杭州市 西湖区 三墩镇');
  await page.fill('[data-test=other-address]', '杭州市西湖区三墩镇金渡北路14号');
  await holds('[data-test=reasons]', '门牌号不同');
  await takeScreenshot(page, 'authenticity-address');
  assert.deepEqual(await accessibilityFindings(page), []);
});
