/// Rule packs as two people work with them: a threshold is changed in a form, checked, tried on the book, proposed and
/// approved by the other one; then a customer is judged by it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  accessibilityFindings,
  api,
  base,
  openBrowser,
  second,
  signIn,
  sizes,
  takeScreenshot,
  visit,
} from './browser.mjs';
import { actAs, actAsOneself, declareSource, importFile } from './ground.mjs';
import { identityNumber, source } from './people.mjs';

const byHeader = { header: 'first_row', key_column: '客户号', columns: [], fixed: [] };
const code = `${source}-packs`;
const run = Date.now() % 10_000_000;

let first;
let other;
/// A person of 32 years: between the two thresholds that the test goes to and fro.
let customer;

async function inForce(pack) {
  const { items } = await api('GET', '/pack-editions');
  return items.filter((edition) => edition.pack === pack && edition.in_force).at(-1);
}

async function discardDrafts() {
  const { items } = await api('GET', '/pack-editions');
  for (const { id, state, revision } of items) {
    if (state === 'draft' || state === 'proposed')
      await api('POST', `/pack-editions/${id}/discard`, { reason: '清理', revision });
  }
}

function thresholdOf(edition) {
  const rule = edition.rules.find(({ kind, id }) => kind === 'bands' && id === 'age-band');
  return rule.table.band.find(({ id }) => id === '30-44').from;
}

function bound(page, row, name) {
  const place = ['from', 'above', 'up_to', 'below'].indexOf(name);
  return page.locator(`[data-test="row-band-${row}"] .bound-input`).nth(place);
}

async function begin(page, id) {
  await visit(page, `/packs/editions/${id}`);
  await page.click('[data-test=begin-draft]');
  await page.waitForSelector('[data-test=step-propose]');
  return new URL(page.url()).pathname;
}

async function checked(page, word) {
  await page.waitForSelector(`[data-test=check-state]:has-text("${word}")`);
}

before(async () => {
  await declareSource(code);
  const year = new Date().getFullYear() - 32;
  const number = identityNumber(`110101${year}0101${String(run % 1000).padStart(3, '0')}`);
  const line = `P1,端木守则,${number},${year}-01-01`;
  const bytes = Buffer.from(`客户号,姓名,身份证号,出生日期\n${line}\n`);
  await importFile(code, { name: `${code}.csv`, bytes }, byHeader);
  const { items } = await api('POST', '/customers/search', { text: number, by: 'auto', limit: 1 });
  customer = items[0].number;
  await discardDrafts();
  first = await openBrowser();
  other = await openBrowser();
  await signIn(first.page, '/packs');
  await signIn(other.page, '/packs', second);
});
after(async () => {
  await first?.close();
  await other?.close();
});

test('a threshold is changed, checked, tried, proposed, and approved by another person', async () => {
  const { page } = first;
  const old = await api('GET', `/pack-editions/${(await inForce('cn-base')).id}`);
  const [was, wanted] = thresholdOf(old) === 30 ? [30, 35] : [35, 30];
  await visit(page, '/packs');
  await page.fill('[data-test=pack-search]', 'cn-base');
  await page.waitForSelector(`[data-test=edition-${old.id}]:has-text("今日生效")`);
  await takeScreenshot(page, 'packs');
  assert.deepEqual(await accessibilityFindings(page), []);
  const address = await begin(page, old.id);
  const id = address.split('/').at(-1);

  await visit(page, `${address}?tab=rules&rule=age-band`);
  await bound(page, '18-29', 'below').fill(String(wanted));
  await checked(page, '处问题');
  await page.waitForSelector('[data-test=rule-age-band]:has-text("处问题")');
  assert.ok(await page.isDisabled('[data-test=step-propose]'));
  assert.match(await page.innerText('[data-test=problems]'), /bands\.toml/);
  await takeScreenshot(page, 'pack-problem');
  assert.deepEqual(await accessibilityFindings(page), []);
  await bound(page, '30-44', 'from').fill(String(wanted));
  await checked(page, '检查通过');
  assert.ok(await page.isDisabled('[data-test=step-propose]'), 'what is not saved is not proposed');
  await page.click('[data-test=save]');
  await page.waitForSelector('[data-test=unsaved]', { state: 'detached' });

  const draft = await api('GET', `/pack-editions/${id}`);
  const said = (text) => text.split('\n');
  const lines = said(draft.files['bands.toml']);
  const changed = said(old.files['bands.toml']).filter((line, place) => line !== lines[place]);
  assert.equal(changed.length, 2);
  for (const line of changed) {
    const now = lines[said(old.files['bands.toml']).indexOf(line)];
    assert.equal(line.replace(new RegExp(`(below|from) = ${was}`), `$1 = ${wanted}`), now);
  }
  await visit(page, `${address}?tab=differences`);
  await page.waitForSelector('[data-test=differences]:has-text("age-band")');
  assert.deepEqual(await accessibilityFindings(page), []);

  await visit(page, `${address}?tab=backtest`);
  await page.click('[data-test=start-backtest]');
  await page.waitForSelector('[data-test=moved-age-band]');
  const way = wanted === 35 ? ['30-44', '18-29'] : ['18-29', '30-44'];
  const cell = page.locator(`[data-test="move-${way[0]}-${way[1]}"]`);
  await cell.focus();
  await page.keyboard.press('Enter');
  assert.equal(await cell.getAttribute('aria-pressed'), 'true');
  assert.ok((await page.locator('[data-test=moved-customers] a').count()) > 0);
  await takeScreenshot(page, 'pack-backtest');
  assert.deepEqual(await accessibilityFindings(page), []);

  await page.click('[data-test=step-propose]');
  await page.fill('.ant-modal textarea', '按统计口径调整年龄段');
  await page.click('.ant-modal .ant-btn-primary');
  await page.waitForSelector('[data-test=second-person]');
  assert.ok(await page.isDisabled('[data-test=step-approve]'));
  await assert.rejects(
    api('POST', `/pack-editions/${id}/approve`, { reason: '自批', revision: draft.revision }),
    /second_person_needed/,
  );
  await takeScreenshot(page, 'pack-proposed');

  await visit(other.page, address);
  await other.page.click('[data-test=step-approve]');
  await other.page.fill('.ant-modal textarea', '已看过差异与回测');
  await other.page.click('.ant-modal .ant-btn-dangerous');
  await other.page.waitForSelector('[data-test=in-force]');
  await visit(page, '/packs/rules');
  await page.fill('[data-test=rules-search]', 'age-band');
  await page.waitForSelector(`[role=row]:has-text("cn-base@${draft.version}")`);
  await takeScreenshot(page, 'rules-in-force');
  assert.deepEqual(await accessibilityFindings(page), []);
  await visit(page, `${address}?tab=history`);
  await page.waitForSelector('[data-test=history]:has-text("已看过差异与回测")');
});

test('a threshold that examples speak of is tried at once, and one step brings them up to it', async () => {
  const { page } = first;
  const model = await inForce('cn-aml-2013');
  const draft = await api('POST', '/pack-editions', { base: model.id });
  const place = draft.rules.find(({ id }) => id === 'customer-risk');
  const path = ['scorecard', place.place, 'grade', 1, 'up_to'];
  const edits = [{ file: place.file, path, value: place.table.grade[1].up_to - 2 }];
  await api('PATCH', `/pack-editions/${draft.id}`, { revision: draft.revision, edits });
  await visit(page, `/packs/editions/${draft.id}?tab=rules&rule=customer-risk`);
  await checked(page, '处问题');
  await takeScreenshot(page, 'pack-examples');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.click('[data-test=adopt-examples]');
  await checked(page, '检查通过');
  const { revision } = await api('GET', `/pack-editions/${draft.id}`);
  await api('POST', `/pack-editions/${draft.id}/discard`, { reason: '试用', revision });
});

test('a customer is judged by today’s rules, sees why, and the decision can be made again', async () => {
  const { page } = first;
  await visit(page, `/customers/${customer}?tab=rules`);
  await page.click('[data-test=judge]');
  await page.waitForSelector('[data-test=judgement-age-band] .outcome');
  const { items } = await api('GET', '/rules');
  const { edition } = items.find(({ rule }) => rule === 'age-band');
  const threshold = thresholdOf(await api('GET', `/pack-editions/${edition}`));
  const band = threshold === 35 ? '18至29岁' : '30至44岁';
  await page.waitForSelector(`[data-test=judgement-age-band]:has-text("${band}")`);
  await page.click('[data-test=judgement-customer-risk] button');
  await page.waitForSelector('.reasons');
  await takeScreenshot(page, 'rule-decisions');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.click('[data-test=replay]');
  await page.waitForSelector('[data-test=replayed]:has-text("一致：")');
});

test('what somebody else changed meanwhile is not overwritten', async () => {
  const { page } = first;
  const address = await begin(page, (await inForce('cn-base')).id);
  const id = address.split('/').at(-1);
  await visit(page, `${address}?tab=rules&rule=age-band`);
  await page.fill('[data-test=field-article] input', '7');
  const { revision } = await api('GET', `/pack-editions/${id}`);
  const label = { file: 'pack.toml', path: ['label', 'en'], value: 'Base pack' };
  await api('PATCH', `/pack-editions/${id}`, { revision, edits: [label] });
  await page.click('[data-test=save]');
  await page.waitForSelector('[data-test=stale]');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.click('[data-test=reload]');
  await page.waitForSelector('[data-test=stale]', { state: 'detached' });
  assert.equal(await page.inputValue('[data-test=field-article] input'), '');
});

test('by keyboard alone: a rule is chosen, a fact suggested, and leaving asks for what is not saved', async () => {
  const { page } = first;
  const address = await begin(page, (await inForce('cn-base')).id);
  await visit(page, `${address}?tab=rules&rule=age-band`);
  await page.fill('[data-test=rule-search]', '存续年限');
  await page.focus('[data-test=rule-choices]');
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('[data-test=rule-existence-band][aria-selected=true]');
  const box = page.locator('[data-test=field-of] textarea');
  await box.fill('');
  await box.pressSequentially('周岁');
  await page.waitForSelector('.expression-box [role=option]:has-text("customer.age")');
  await page.keyboard.press('Enter');
  assert.equal(await box.inputValue(), 'customer.age');
  await page.locator('nav.areas a[href="/customers"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.ant-modal-confirm');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.ant-modal-confirm', { state: 'detached' });
  assert.equal(new URL(page.url()).pathname, address);
  await page.click('[data-test=drop]');
  await page.waitForSelector('[data-test=unsaved]', { state: 'detached' });
});

test('an engineer mends the text, and sees a problem at its line', async () => {
  const { page } = first;
  const address = await begin(page, (await inForce('cn-base')).id);
  await visit(page, `${address}?tab=text`);
  await page.getByText('bands.toml', { exact: true }).click();
  const text = await page.inputValue('[data-test=text]');
  await page.fill('[data-test=text]', text.replace("of = 'customer.age'", "of = 'customer.agee'"));
  await checked(page, '处问题');
  await page.waitForSelector('.code-mark');
  await takeScreenshot(page, 'pack-text');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.fill('[data-test=text]', text);
  await page.waitForSelector('[data-test=unsaved]', { state: 'detached' });
  await checked(page, '检查通过');
});

test('an institution begins a pack of its own and writes its first rule in a form', async () => {
  const { page } = first;
  await visit(page, '/packs');
  await page.click('[data-test=new-pack]');
  await page.fill('[data-test=new-pack-id]', `own-${run.toString(36)}`);
  await page.fill('[data-test=new-pack-zh]', '本行规则');
  await page.fill('[data-test=new-pack-en]', 'Own rules');
  await page.fill('[data-test=new-pack-source]', '本行客户管理办法');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.click('.ant-modal .ant-btn-primary');
  await page.waitForSelector('[data-test=step-propose]');
  const id = new URL(page.url()).pathname.split('/').at(-1);
  await page.click('[data-test=add-rule]');
  await page.fill('[data-test=new-rule-id]', 'is-elder');
  await page.fill('.ant-modal input[lang=zh-CN]', '老年客户');
  await page.fill('.ant-modal input[lang=en]', 'an elder');
  await page.click('.ant-modal .ant-btn-primary');
  await page.waitForSelector('[data-test=rule-is-elder][aria-selected=true]');
  await page.locator('[data-test=field-when] textarea').fill('customer.age >= 65');
  await page.click('[data-test=add-example]');
  await checked(page, '处问题');
  await page.waitForSelector('.problem-here:has-text("expect")');
  await takeScreenshot(page, 'pack-first-rule');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.click('[data-test=save]');
  await page.waitForSelector('[data-test=unsaved]', { state: 'detached' });
  const { files, revision } = await api('GET', `/pack-editions/${id}`);
  assert.match(files['rules.toml'], /\[\[condition\]\]\nid = "is-elder"/);
  await api('POST', `/pack-editions/${id}/discard`, { reason: '清理', revision });
});

test('ten thousand rules are listed without ten thousand rows', async () => {
  const { page } = first;
  const { items } = await api('GET', '/rules');
  const many = Array.from({ length: 10_000 }, (_, place) => ({
    ...items[place % items.length],
    rule: `rule-${String(place).padStart(5, '0')}`,
    label: { zh: `很长的规则名称${'金融机构客户尽职调查'.repeat(4)}${place}`, en: `rule ${place}` },
  }));
  const address = `${base}/api/v1/rules`;
  const answer = { items: many, next: null, count: { value: many.length, exact: true } };
  await page.route(address, (route) => route.fulfill({ json: answer }));
  await visit(page, '/packs/rules');
  await page.waitForSelector('[data-test=count]:has-text("10,000")');
  assert.ok((await page.locator('.grid-row').count()) < 120);
  await page.fill('[data-test=rules-search]', 'rule-09999');
  await page.waitForSelector('[role=row]:has-text("rule-09999")');
  assert.equal(await page.locator('.grid-row').count(), 1);
  await page.unroute(address);
});

test('whoever may only read sees the rules, and neither steps nor forms', async () => {
  const { page } = first;
  await actAs(page, 'clerk', ['read_customers', 'unmask', 'intake']);
  const { id } = await inForce('cn-aml-2013');
  await visit(page, `/packs/editions/${id}?tab=rules&rule=customer-risk`);
  await page.waitForSelector('[data-test=sum-item]:has-text("100")');
  assert.equal(await page.locator('[data-test=begin-draft], [data-test=rule-form] input').count(), 0);
  await actAsOneself(page);
});

test('the pages speak English, in the dark, and fit a tablet', async () => {
  const { page } = first;
  await page.evaluate(() => {
    localStorage.setItem('hubu.brightness', 'dark');
    localStorage.setItem('hubu.language', 'en');
  });
  const [width, height] = sizes.tablet;
  await page.setViewportSize({ width, height });
  const address = await begin(page, (await inForce('cn-aml-2013')).id);
  for (const path of ['/packs', '/packs/rules', `${address}?tab=rules&rule=customer-risk`]) {
    await visit(page, path);
    assert.deepEqual(await accessibilityFindings(page), []);
    const wider = await page.evaluate(() => {
      const main = document.querySelector('main');
      return main.scrollWidth - main.clientWidth;
    });
    assert.equal(wider, 0, path);
  }
  await takeScreenshot(page, 'pack-scorecard-dark');
  await discardDrafts();
});
