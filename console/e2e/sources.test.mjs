/// Sources and their mappings: declared, changed by one at a time, renamed, forgotten; an import left and taken up again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { accessibilityFindings, api, openBrowser, signIn, takeScreenshot, visit } from './browser.mjs';
import { declareSource, importFile } from './ground.mjs';
import { file, source } from './people.mjs';

const byHeader = { header: 'first_row', key_column: '客户号', columns: [], fixed: [] };
const mapping = {
  ...byHeader,
  columns: [{ column: '旧网点号', attribute: null }],
  fixed: [{ attribute: 'nationality', value: '中国' }],
  blank_marks: ['-0-'],
};

let browser;
let page;

before(async () => {
  await declareSource(source);
  await api('PUT', `/sources/${source}/mappings/monthly`, mapping);
  browser = await openBrowser();
  page = browser.page;
  await signIn(page, '/intake/sources');
});
after(() => browser?.close());

async function openSource() {
  await visit(page, '/intake/sources');
  await page.locator('.ant-table-row', { hasText: source }).first().click();
  await page.waitForSelector('[data-test=edit-mapping]');
}

test('what was said of a source is changed', async () => {
  await visit(page, '/intake/sources');
  await page.click(`[data-test=edit-source-${source}]`);
  await page.waitForSelector('#owner');
  assert.ok(await page.isDisabled('#code'));
  await page.fill('#owner', '零售业务部');
  await page.fill('#trust', '80');
  await takeScreenshot(page, 'source');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.click('[data-test=save-source]');
  await page.waitForSelector('.ant-drawer-open', { state: 'detached' });
  const changed = await api('GET', `/sources/${source}`);
  assert.deepEqual([changed.owner, changed.trust, changed.purpose], ['零售业务部', 80, '测试']);
});

test('a source that somebody else changed meanwhile is not overwritten but read again', async () => {
  await visit(page, '/intake/sources');
  await page.click(`[data-test=edit-source-${source}]`);
  await page.waitForSelector('#owner');
  const { records, created_at, columns_unknown, ...said } = await api('GET', `/sources/${source}`);
  await api('PUT', `/sources/${source}`, { ...said, owner: '别的部门' });
  await page.fill('#owner', '会被拒绝');
  await page.click('[data-test=save-source]');
  await page.waitForSelector('.ant-drawer-open:has-text("precondition_failed")');
  await page.click('[data-test=reload]');
  await page.waitForFunction(() => document.querySelector('#owner')?.value === '别的部门');
  assert.equal((await api('GET', `/sources/${source}`)).owner, '别的部门');
});

test('a mapping is changed and renamed, and keeps what was not touched', async () => {
  await openSource();
  await page.click('[data-test=edit-mapping]');
  await page.waitForSelector('[data-test=mapping-name]');
  await takeScreenshot(page, 'mapping');
  assert.deepEqual(await accessibilityFindings(page), []);
  await page.fill('[data-test=mapping-name]', '每月');
  await page.fill('#key_column', '');
  await page.click('[data-test=save-mapping]');
  await page.waitForSelector('.ant-drawer-open', { state: 'detached' });
  const { items } = await api('GET', `/sources/${source}/mappings`);
  assert.deepEqual(
    items.map(({ name, key_column, columns, fixed, blank_marks }) => ({
      name,
      key_column,
      columns,
      fixed,
      blank_marks,
    })),
    [
      {
        name: '每月',
        key_column: null,
        columns: mapping.columns,
        fixed: mapping.fixed,
        blank_marks: ['-0-'],
      },
    ],
  );
});

test('a mapping is forgotten after a question', async () => {
  await openSource();
  await page.click('[data-test=forget-mapping]');
  await page.locator('.ant-modal-footer .ant-btn-dangerous').click();
  await page.waitForSelector('[data-test=edit-mapping]', { state: 'detached' });
  assert.deepEqual((await api('GET', `/sources/${source}/mappings`)).items, []);
});

test('an import that was left is taken up again with its choices, also after the page was loaded anew', async () => {
  await visit(page, '/intake/import');
  await page.setInputFiles('input[type=file]', { name: file.name, mimeType: 'text/csv', buffer: file.bytes });
  await page.waitForSelector('[data-test=source-select]');
  await page.getByRole('radio').first().click();
  await visit(page, '/customers');
  await visit(page, '/intake/import');
  await page.locator('tr', { hasText: file.name }).locator('[data-test=go-on]').click();
  await page.waitForSelector('[data-test=source-select]');
  assert.ok(await page.getByRole('radio').first().isChecked());
});

test('rejected rows are downloaded as a workbook', async () => {
  const batch = await importFile(source, file, byHeader);
  assert.equal(batch.quarantined, 1);
  await visit(page, `/intake/batches/${batch.id}`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=rejects]')]);
  assert.equal(download.suggestedFilename(), `quarantine-${batch.id}.xlsx`);
  assert.equal(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
    'PK',
  );
});

test('a file without a strong key says what will come of it', async () => {
  const rows = ['姓名,出生地', '王甲,杭州', '王甲,杭州'].join('\n');
  const named = { ...byHeader, key_column: null };
  const batch = await importFile(source, { name: `nokey-${source}.csv`, bytes: Buffer.from(rows) }, named);
  await visit(page, `/intake/batches/${batch.id}`);
  assert.match(await page.innerText('[data-test=notes]'), /同一客户可能分散为多位/);
  assert.equal(batch.new_customers, 2);
});
