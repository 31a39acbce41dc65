/// The ground of a test laid through the API: a source with an imported file, and a session with fewer permissions.
import assert from 'node:assert/strict';
import { api, base } from './browser.mjs';

export async function declareSource(code) {
  const said = {
    channel: 'other_system',
    owner: '测试组',
    trust: 50,
    purpose: '测试',
    legal_basis: '测试数据，无真实个人',
  };
  await api('POST', '/sources', { code, name: `来源 ${code}`, ...said });
}

/// Imports a file and waits for its end.
export async function importFile(code, { name, bytes }, mapping) {
  const upload = await api('POST', `/uploads?name=${encodeURIComponent(name)}`, bytes);
  const wanted = { upload: upload.id, source: code, mapping, dry_run: false };
  const { id } = await api('POST', '/batches', wanted);
  for (;;) {
    const batch = await api('GET', `/batches/${id}`);
    if (batch.state !== 'running') {
      assert.equal(batch.state, 'finished');
      return batch;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/// The page sees the session of somebody with another role; the server still knows the account that signed in.
export async function actAs(page, role, permissions) {
  await page.route(`${base}/api/v1/sessions/current`, async (route) => {
    const response = await route.fetch();
    const session = await response.json();
    await route.fulfill({
      response,
      json: { ...session, permissions, account: { ...session.account, role } },
    });
  });
}

export async function actAsOneself(page) {
  await page.unroute(`${base}/api/v1/sessions/current`);
}
