import { describe, expect, it } from 'vitest';
import { en } from './en';
import { fill } from './index';
import { zh } from './zh';

const sources = import.meta.glob<string>('../**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/// Comments may carry the Chinese term of a thing; what is shown may not stand outside the catalogues.
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function placeholders(sentence: string): string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
}

function componentSources(): [string, string][] {
  return Object.entries(sources).filter(
    ([path]) => !path.includes('/i18n/') && !path.startsWith('./') && !path.includes('.test.'),
  );
}

describe('the catalogues', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  it('have the same placeholders in both languages', () => {
    for (const [key, sentence] of Object.entries(zh)) {
      expect([key, placeholders(en[key as keyof typeof en])]).toEqual([key, placeholders(sentence)]);
    }
  });

  it('leave no Chinese in the English one', () => {
    const chinese = Object.entries(en).filter(
      ([key, text]) =>
        key !== 'shell.brand' && key !== 'shell.language_other' && /[\u4e00-\u9fff]/.test(text),
    );
    expect(chinese).toEqual([]);
  });

  it('leave no Chinese hard-coded in a component', () => {
    const hardCoded = componentSources()
      .filter(
        ([path, text]) => !path.endsWith('api/problem.ts') && /[\u4e00-\u9fff]/.test(withoutComments(text)),
      )
      .map(([path]) => path);
    expect(hardCoded).toEqual([]);
  });

  it('hold no sentence that nothing shows', () => {
    const everything = componentSources()
      .map(([, text]) => text)
      .join('\n');
    const dynamic = [...everything.matchAll(/`([a-z_]+\.[a-z_]+\.)\$\{/g)].map((match) => match[1] ?? '');
    const unused = Object.keys(zh).filter(
      (key) => !everything.includes(`'${key}'`) && !dynamic.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });

  it('keep a placeholder visible when its parameter is missing', () => {
    expect(fill('{count} of {total}', { count: 3 })).toBe('3 of {total}');
  });
});
