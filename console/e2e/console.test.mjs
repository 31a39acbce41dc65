/// What a person does with the console, from sign-in to un-merge, against a running server.
///
/// The tests build on each other: the file that the wizard imports holds the people that are searched for later.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  accessibilityFindings,
  api,
  apiAs,
  base,
  openBrowser,
  second,
  signIn,
  sizes,
  takeScreenshot,
  visit,
} from './browser.mjs';
import { file, keyless, other, person, source } from './people.mjs';

let browser;
let page;
let customer;
let batch;

before(async () => {
  browser = await openBrowser();
  page = browser.page;
});
after(() => browser?.close());

async function customerNumberOf(text, by) {
  const found = await api('POST', '/customers/search', { text, by });
  return found.items[0]?.number;
}

test('a wrong password is refused with a code, the right one leads to the page that was asked for', async () => {
  await page.goto(`${base}/intake/batches`);
  await page.waitForSelector('[data-test=sign-in]');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.fill('input[autocomplete=username]', 'nobody');
  await page.fill('input[type=password]', 'wrong');
  await page.click('[data-test=sign-in]');
  assert.match(await page.innerText('[data-test=refused]'), /[a-z]+_[a-z]+/);
  await takeScreenshot(page, 'sign-in');
  await signIn(page, '/intake/batches');
  assert.equal(new URL(page.url()).pathname, '/intake/batches');
});

test('the import wizard leads from a file to the report', async () => {
  await visit(page, '/intake/import');
  await page.setInputFiles('input[type=file]', { name: file.name, mimeType: 'text/csv', buffer: file.bytes });
  await page.click('[data-test=new-source]');
  await page.fill('#code', source);
  await page.fill('#name', '端到端测试来源');
  await page.fill('#owner', '测试组');
  await page.fill('#purpose', '测试');
  await page.fill('#legal_basis', '测试数据，无真实个人');
  await page.click('#channel');
  await page.keyboard.press('Enter');
  await page.click('[data-test=save-source]');
  await page.waitForSelector('[data-test=start-trial]:not([disabled])');
  await page.waitForSelector('.ant-drawer-open', { state: 'detached' });
  await takeScreenshot(page, 'wizard-columns');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.getByRole('radio').first().click();
  await page.click('[data-test=start-trial]');
  await page.waitForSelector('[data-test=start-import]:not([disabled])', { timeout: 60_000 });
  await takeScreenshot(page, 'wizard-trial');
  await page.click('[data-test=start-import]');
  await page.waitForURL(/\/intake\/batches\/\d+/);
  batch = new URL(page.url()).pathname;
  await page.waitForSelector('[data-test=withdraw]', { timeout: 60_000 });
  const report = await page.innerText('[data-test=report]');
  assert.match(report, /行数\s+5\s+接受\s+4\s+待更正\s+1\s/);
  assert.match(report, /待核对\s+[12]\s/);
  assert.match(await page.innerText('main'), /旧网点号/);
  await takeScreenshot(page, 'report');
  assert.deepEqual(await accessibilityFindings(page), []);
});

test('a customer is found by each way, and no personal data stands in the address', async () => {
  customer = await customerNumberOf(person.number, 'id_number');
  assert.ok(customer, 'the imported person is found by the identity number');
  const ways = [
    customer,
    person.number,
    person.mobile,
    person.number.slice(-4),
    person.name,
    '欧阳',
    person.pinyin,
  ];
  for (const text of ways) {
    await visit(page, '/customers');
    await page.fill('[data-test=customer-search] input, input[data-test=customer-search]', text);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=row] [role=gridcell]');
    assert.match(page.url(), /\?search=\w+$/, `searching by ${text.length} characters leaves only an id`);
    assert.ok(await page.locator('[role=row]', { hasText: person.name }).count(), `not found by ${text}`);
  }
  await takeScreenshot(page, 'search');
});

test('the search box finds a customer by name and opens it with the keyboard alone', async () => {
  await visit(page, '/');
  await page.keyboard.press('/');
  await page.keyboard.type(person.number);
  await page.waitForSelector(`[role=option]:has-text("${customer}")`);
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/customers/${customer}`));
});

test('every value says where it comes from', async () => {
  await visit(page, `/customers/${customer}`);
  await page.hover('[data-test=value-name]');
  await page.waitForSelector('[data-test=provenance] .candidate.won');
  assert.match(await page.innerText('[data-test=provenance]'), /端到端测试来源/);
  await takeScreenshot(page, 'provenance');
  assert.deepEqual(await accessibilityFindings(page), []);
});

test('a masked value is shown for a purpose and masked again', async () => {
  await visit(page, `/customers/${customer}`);
  const value = page.locator('[data-test=value-identity_number]');
  assert.doesNotMatch(await value.innerText(), new RegExp(person.number));
  await page.locator('dd', { has: value }).locator('[data-test=unmask]').click();
  await page.click('[data-test=purpose-service]');
  await page.waitForFunction((number) => document.body.innerText.includes(number), person.number);
  await page.locator('dd', { has: value }).getByRole('button').last().click();
  await page.waitForFunction((number) => !document.body.innerText.includes(number), person.number);
});

test('the page can be turned to a past instant and says so', async () => {
  const { created_at } = await api('GET', `/customers/${customer}`);
  const moment = new Date(Date.parse(created_at) + 1000).toISOString();
  await visit(page, `/customers/${customer}?as_of=${moment}`);
  await page.waitForSelector('[data-test=as-of-banner]');
  await takeScreenshot(page, 'as-of');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.locator('[data-test=as-of-banner]').getByRole('button').click();
  await page.waitForSelector('[data-test=as-of-banner]', { state: 'detached' });
});

test('a quarantined row is corrected in place', async () => {
  await visit(page, batch);
  await page.click('[data-test=to-quarantine]');
  await page.locator('[role=row]', { hasText: file.name }).first().click();
  await page.waitForSelector('[data-test=resubmit]');
  await page.fill('[data-test=wrong-cell]', 'K3');
  await takeScreenshot(page, 'quarantine');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.click('[data-test=resubmit]');
  await page.waitForSelector('[data-test=resubmit]', { state: 'detached' });
  assert.ok(await customerNumberOf(keyless.number, 'id_number'));
});

test('a pair that shares a number is decided, and the queue is shorter', async () => {
  const before = (await api('GET', '/reviews?state=open')).count.value;
  await visit(page, '/reviews');
  await page.keyboard.press('d');
  await page.fill('#decision-reason', '端到端测试');
  await page.click('[data-test=confirm-decision]');
  await page.waitForSelector('[data-test=undo]');
  // The decision can be taken back until the page is left.
  const sent = page.waitForResponse(/\/decision$/);
  await page.click('nav.areas a[href="/customers"]');
  assert.equal((await sent).status(), 200);
  assert.equal((await api('GET', '/reviews?state=open')).count.value, before - 1);
});

test('two customers are merged and un-merged, and both come back', async () => {
  const absorbed = await customerNumberOf(other.number, 'id_number');
  await visit(page, `/customers/${customer}`);
  await page.click('[data-test=merge]');
  await page.fill('#absorbed', absorbed);
  await page.fill('#reason', '端到端测试');
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  // Their numbers differ, so a second person must agree.
  await page.waitForSelector('[data-test=merge-proposed]:has-text("居民身份证号码")');
  assert.deepEqual(await accessibilityFindings(page), []);
  await takeScreenshot(page, 'merge-proposed');
  const address = await page.locator('[data-test=merge-proposed] a').getAttribute('href');
  const review = new URLSearchParams(address.split('?')[1]).get('id').replaceAll('"', '');
  await apiAs(second, 'POST', `/reviews/${review}/second-opinion`, { agrees: true, reason: '端到端测试' });
  await visit(page, `/customers/${customer}?tab=merges`);
  await page.waitForSelector('[data-test=unmerge]');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.click('[data-test=unmerge]');
  await page.fill('#reason', '端到端测试撤销');
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  await page.waitForSelector('[data-test=unmerge]', { state: 'detached' });
  assert.equal((await api('GET', `/customers/${absorbed}`)).redirected_from ?? null, null);
});

test('the list is walked by j, k, Enter and Space', async () => {
  await visit(page, '/customers');
  await page.waitForSelector('[role=row].active');
  await page.keyboard.press('j');
  await page.waitForSelector('[role=row][aria-rowindex="2"].active');
  await page.keyboard.press('k');
  await page.waitForSelector('[role=row][aria-rowindex="1"].active');
  await page.keyboard.press(' ');
  await page.waitForSelector('.ant-drawer-open');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/customers\/\w+/);
});

test('the language is switched and stays', async () => {
  await visit(page, '/customers');
  await page.click('[data-test=language]');
  await page.waitForSelector('h1:has-text("Customers")');
  await visit(page, '/intake/batches');
  await page.waitForSelector('h1:has-text("Batches")');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await page.click('[data-test=language]');
});

test('no page has a serious accessibility finding, at any size, in light and dark', async () => {
  const paths = [
    '/',
    '/customers',
    `/customers/${customer}`,
    `/customers/${customer}?tab=records`,
    `/customers/${customer}?tab=timeline`,
  ];
  paths.push(
    '/intake/import',
    '/intake/batches',
    '/intake/quarantine',
    '/intake/sources',
    '/reviews',
    '/packs',
    '/packs/rules',
    '/audit',
  );
  const findings = [];
  for (const [name, [width, height]] of Object.entries(sizes)) {
    await page.setViewportSize({ width, height });
    for (const path of paths) {
      await visit(page, path);
      await page.waitForTimeout(300);
      const label = `${name}${path.replace(customer, 'customer').replace(/[/?=]/g, '-')}`;
      await takeScreenshot(page, label);
      findings.push(...(await accessibilityFindings(page)).map((finding) => `${label} ${finding}`));
    }
    if (name === 'desk') await page.click('[data-test=brightness]');
  }
  await page.click('[data-test=brightness]');
  assert.deepEqual(findings, []);
});

test('an expired session leads to sign-in and back', async () => {
  await page.setViewportSize({ width: sizes.laptop[0], height: sizes.laptop[1] });
  await visit(page, '/customers');
  await browser.context.clearCookies();
  await page.getByRole('link', { name: '审计日志' }).click();
  await page.waitForSelector('[data-test=sign-in]');
  await page.fill('input[autocomplete=username]', process.env.HUBU_NAME);
  await page.fill('input[type=password]', process.env.HUBU_PASSWORD);
  await page.click('[data-test=sign-in]');
  await page.waitForSelector('nav.areas');
  assert.equal(new URL(page.url()).pathname, '/audit');
});
