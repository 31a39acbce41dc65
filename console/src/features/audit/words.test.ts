import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownActions } from './words';

const server = join(import.meta.dirname, '../../../../crates/server/src');

function sourcesOfServer(): string[] {
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.rs'))
    .map((file) => readFileSync(join(server, file), 'utf8'));
  // Tests name facts of customers, which look like actions.
  return texts.map((text) => text.split('#[cfg(test)]')[0] ?? '');
}

/// The actions that the server writes: the words behind `action:` and what is handed to the helpers that note one.
function actionsWritten(): string[] {
  const text = sourcesOfServer().join('\n');
  const words = [...text.matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map((match) => match[1] ?? '');
  const kinds = new Set(knownActions.map((action) => action.split('.')[0]));
  const ofKnownKinds = words.filter((word) => kinds.has(word.split('.')[0]) && !/\.(xlsx|sql)$/.test(word));
  const said = [...text.matchAll(/action: "([a-z_.]+)"/g)].map((match) => match[1] ?? '');
  return [...new Set([...ofKnownKinds, ...said])].sort();
}

describe('the words of the audit log', () => {
  it('name every action that the server writes', () => {
    const written = actionsWritten();
    expect(written.length).toBeGreaterThan(20);
    expect(written.filter((action) => !knownActions.includes(action))).toEqual([]);
  });

  it('name no action that the server never writes', () => {
    const written = actionsWritten();
    expect(knownActions.filter((action) => !written.includes(action))).toEqual([]);
  });
});
