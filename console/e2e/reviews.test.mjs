/// Reviews as two people work at them: who claims one holds it, a dangerous merge takes both, a wrong one is split.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  accessibilityFindings,
  account,
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
const run = Date.now() % 10_000_000;
const code = `${source}-reviews`;
const year = 1940 + (Math.floor(run / 336) % 60);

/// Two people under one number: each pair is a case.
function pair(which, left, right) {
  const place = `33010${which}${year}011${run % 10}${String(run % 997).padStart(3, '0')}`;
  const number = identityNumber(place);
  return [left, right].map((name, side) => `P${which}${side},${name},${number},`);
}

let first;
let other;
/// The number of the two that became one.
let joined;

before(async () => {
  await declareSource(code);
  const rows = [
    ...pair(2, '闻人甲一', '闻人乙二'),
    ...pair(3, '澹台晓明', '澹台大壮'),
    ...pair(4, '公冶长安', '东方既白'),
  ];
  const bytes = Buffer.from(`客户号,姓名,身份证号,手机号码\n${rows.join('\n')}\n`);
  await importFile(code, { name: `${code}.csv`, bytes }, byHeader);
  first = await openBrowser();
  other = await openBrowser();
  await signIn(first.page, '/reviews');
  await signIn(other.page, '/reviews', second);
});
after(async () => {
  await first?.close();
  await other?.close();
});

const text = (zh, en) => ({ zh, en });
const weighed = (attribute, label, agreement, bits, beside = false) => ({
  attribute,
  label: text(label, attribute),
  agreement: 'a',
  agreement_text: text(agreement, agreement),
  bits,
  beside,
  bits_if_same: 12,
});
/// As the engine weighs it; the numbers are invented.
const evidence = {
  prior_bits: -21.5,
  threshold_bits: 10,
  bits: 4.5,
  chance: 0.957,
  fields: [
    weighed('name', '姓名', '同音字', 9.5),
    weighed('birth_date', '出生日期', '相同', 12.5),
    weighed('sex', '性别', '相同', 1, true),
    weighed('mobile', '手机号码', '不同', -4.5),
    weighed('home_address', '家庭住址', '同一街道', 8.5),
  ],
  would_link: [text('手机号码', 'mobile number'), text('家庭住址', 'home address')],
  guards: [{ code: 'household', text: text('同住一户的家人', 'members of one household') }],
};

/// The case of somebody, by the name of one side.
async function caseOf(name) {
  for (let after = ''; ; ) {
    const page = await api('GET', `/reviews?state=open&limit=100${after}`);
    const found = page.items.find(({ left, right }) => left.name === name || right.name === name);
    if (found) return found.id;
    assert.ok(page.next, `no case of ${name}`);
    after = `&after=${page.next}`;
  }
}

async function decide(page, key, reason) {
  await page.keyboard.press(key);
  await page.fill('#decision-reason', reason);
  await page.click('[data-test=confirm-decision]');
}

test('who claims a case holds it, and the other is told who and until when', async () => {
  const id = await caseOf('闻人甲一');
  await visit(first.page, `/reviews?id=${id}`);
  await first.page.waitForSelector('[data-test=claim]');
  await first.page.keyboard.press('c');
  await first.page.waitForSelector('[data-test=release]');
  assert.match(await first.page.innerText('[data-test=claim-state]'), /由我领取，至 \d\d:\d\d/);
  await visit(other.page, `/reviews?id=${id}`);
  await other.page.waitForSelector('[data-test=held]');
  assert.ok((await other.page.innerText('[data-test=held]')).includes(account));
  assert.ok(await other.page.isDisabled('[data-test=different]'));
  await takeScreenshot(other.page, 'review-held');
  assert.deepEqual(await accessibilityFindings(other.page), []);
  await other.page.keyboard.press('d');
  assert.equal(await other.page.locator('#decision-reason').count(), 0);
  const refused = apiAs(second, 'POST', `/reviews/${id}/decision`, { verdict: 'different', reason: 'x' });
  await assert.rejects(refused, /review_claimed/);
  await first.page.keyboard.press('x');
  await first.page.waitForSelector('[data-test=claim]');
});

test('beginning to decide claims the case', async () => {
  const id = await caseOf('闻人甲一');
  await visit(other.page, `/reviews?id=${id}`);
  await other.page.waitForSelector('[data-test=case]');
  await other.page.keyboard.press('d');
  await other.page.waitForSelector('#decision-reason');
  await other.page.waitForSelector('[data-test=release]');
  assert.equal((await api('GET', `/reviews/${id}`)).claim.by, second);
  const mine = await apiAs(second, 'GET', '/reviews?claim=mine');
  assert.ok(mine.items.some((review) => review.id === id));
  await other.page.click('[data-test=release]');
  await other.page.waitForSelector('[data-test=claim]');
});

test('a dangerous merge waits for a second person, who agrees', async () => {
  const id = await caseOf('澹台晓明');
  await visit(first.page, `/reviews?id=${id}`);
  await first.page.waitForSelector('[data-test=dangers]');
  await takeScreenshot(first.page, 'review-open');
  await decide(first.page, 's', '已更名，看过户口簿');
  // The decision can be taken back until the page is left.
  const sent = first.page.waitForResponse(/\/decision$/);
  await first.page.click('nav.areas a[href="/customers"]');
  assert.equal((await (await sent).json()).state, 'second_opinion');
  await visit(first.page, `/reviews?list=second_opinion&id=${id}`);
  await first.page.waitForSelector('[data-test=own-proposal]');
  assert.equal(await first.page.locator('[data-test=agree]').count(), 0);
  await takeScreenshot(first.page, 'second-opinion-own');
  await visit(other.page, `/reviews?list=second_opinion&id=${id}`);
  await other.page.waitForSelector('[data-test=agree]');
  await takeScreenshot(other.page, 'second-opinion');
  assert.deepEqual(await accessibilityFindings(other.page), []);
  const agreed = other.page.waitForResponse(/second-opinion$/);
  await decide(other.page, 's', '已另行核对证件');
  assert.equal((await agreed).status(), 200);
  const decided = await api('GET', `/reviews/${id}`);
  assert.deepEqual(
    [decided.state, decided.verdict, decided.proposed.by, decided.decided.by],
    ['decided', 'same', account, second],
  );
  assert.equal(decided.left.number, decided.right.number);
  joined = decided.left.number;
  await visit(other.page, `/reviews?list=decided&id=${id}`);
  await other.page.waitForSelector('[data-test=outcome]');
  assert.deepEqual(await accessibilityFindings(other.page), []);
});

test('a second person who does not agree sends the case back with a note', async () => {
  const id = await caseOf('公冶长安');
  await apiAs(second, 'POST', `/reviews/${id}/decision`, { verdict: 'same', reason: '像是一人' });
  await visit(first.page, `/reviews?list=second_opinion&id=${id}`);
  await first.page.waitForSelector('[data-test=agree]');
  const answered = first.page.waitForResponse(/second-opinion$/);
  await decide(first.page, 'd', '缺少证件影像');
  assert.equal((await answered).status(), 200);
  await visit(other.page, `/reviews?id=${id}`);
  assert.match(await other.page.innerText('[data-test=returned]'), /缺少证件影像/);
  assert.deepEqual(await accessibilityFindings(other.page), []);
});

test('the evidence is a waterfall that can be read without seeing it', async () => {
  const id = await caseOf('闻人甲一');
  const address = `**/api/v1/reviews/${id}`;
  await first.page.route(address, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), evidence } });
  });
  await visit(first.page, `/reviews?id=${id}`);
  await first.page.waitForSelector('[data-test=waterfall]');
  const said = await first.page.innerText('[data-test=waterfall]');
  for (const words of [
    '合计 +4.5 比特',
    '界线为 +10.0 比特',
    '还差 5.5 比特',
    '手机号码、家庭住址',
    '不计（+1.0）',
  ])
    assert.ok(said.includes(words), `${words} in ${said}`);
  await takeScreenshot(first.page, 'waterfall');
  assert.deepEqual(await accessibilityFindings(first.page), []);
  await first.page.click('[data-test=brightness]');
  assert.deepEqual(await accessibilityFindings(first.page), []);
  await takeScreenshot(first.page, 'waterfall-dark');
  await first.page.click('[data-test=brightness]');
  await first.page.unroute(address);
});

test('the queue is walked by the keyboard, and says which key does what', async () => {
  await visit(first.page, '/reviews');
  await first.page.waitForSelector('.case-line.active');
  await first.page.keyboard.press('j');
  await first.page.waitForSelector('.case-line.active[aria-posinset="2"]');
  await first.page.keyboard.press('k');
  await first.page.waitForSelector('.case-line.active[aria-posinset="1"]');
  await first.page.keyboard.press('?');
  await first.page.waitForSelector('[data-test=keys-dialog]');
  assert.deepEqual(await accessibilityFindings(first.page), []);
  await first.page.keyboard.press('Escape');
  await first.page.waitForSelector('.ant-modal-wrap', { state: 'hidden' });
  await visit(first.page, '/reviews?list=mine');
  await first.page.waitForSelector('main:has-text("您没有领取案件")');
});

test('records are split off by the keyboard, after a preview, and a merge restores the customer', async () => {
  const number = joined;
  await visit(first.page, `/customers/${number}?tab=records`);
  await first.page.waitForSelector('[data-test=split-record]');
  for (const key of ['j', 'x', 'j']) await first.page.keyboard.press(key);
  await first.page.waitForSelector('[data-test=split-bar]:has-text("已选 1 条")');
  await takeScreenshot(first.page, 'split-choice');
  assert.deepEqual(await accessibilityFindings(first.page), []);
  await first.page.click('[data-test=split]');
  await first.page.waitForSelector('[data-test=split-preview]');
  const preview = await first.page.innerText('[data-test=split-preview]');
  assert.match(preview, /澹台晓明[\s\S]*澹台大壮|澹台大壮[\s\S]*澹台晓明/);
  assert.deepEqual(await accessibilityFindings(first.page), []);
  await takeScreenshot(first.page, 'split-preview');
  assert.equal((await api('GET', `/customers/${number}`)).records_count, 2);
  await first.page.fill('#reason', '查明为两人');
  await first.page.locator('.ant-modal-footer .ant-btn-primary').click();
  await first.page.waitForSelector('[data-test=split-done]');
  const made = await first.page.innerText('[data-test=split-done] a');
  assert.equal((await api('GET', `/customers/${number}`)).records_count, 1);
  assert.equal((await api('GET', `/customers/${made}`)).records_count, 1);
  await visit(first.page, `/customers/${made}?tab=timeline`);
  await first.page.waitForSelector(`main:has-text("从 ${number} 拆出")`);
  const merge = { absorbed: made, reason: '端到端测试' };
  const { review } = await api('POST', `/customers/${number}/merges`, merge);
  await apiAs(second, 'POST', `/reviews/${review}/second-opinion`, { agrees: true, reason: '端到端测试' });
  assert.equal((await api('GET', `/customers/${number}`)).records_count, 2);
});
