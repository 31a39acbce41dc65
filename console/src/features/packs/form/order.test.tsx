import { act, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { LocalizationProvider } from '../../../i18n';
import type { Json } from '../json';
import { OrderInput } from './order';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
const choices = ['valid', 'trust', 'newest'].map((value) => ({ value }));

function Order() {
  const [value, setValue] = useState<Json | undefined>(['valid', 'trust', 'newest']);
  return <OrderInput value={value} label="order" choices={choices} onChange={setValue} />;
}

test('criteria are moved by buttons and by the keyboard, and the focus goes with them', async () => {
  const box = document.body.appendChild(document.createElement('div'));
  const root = createRoot(box);
  await act(async () =>
    root.render(
      <LocalizationProvider>
        <Order />
      </LocalizationProvider>,
    ),
  );
  const words = () => [...box.querySelectorAll('li')].map((item) => item.dataset.word);
  const buttons = (word: string) => [
    ...box.querySelectorAll<HTMLButtonElement>(`li[data-word=${word}] button`),
  ];
  const [, down] = buttons('valid');
  await act(async () => {
    down?.focus();
    down?.click();
  });
  expect(words()).toEqual(['trust', 'valid', 'newest']);
  const press = (key: string) => new KeyboardEvent('keydown', { key, altKey: true, bubbles: true });
  await act(async () => buttons('valid')[0]?.dispatchEvent(press('ArrowDown')));
  expect(words()).toEqual(['trust', 'newest', 'valid']);
  expect(document.activeElement?.closest('li')?.dataset.word).toBe('valid');
  await act(async () => buttons('valid')[0]?.dispatchEvent(press('ArrowDown')));
  expect(words()).toEqual(['trust', 'newest', 'valid']);
  await act(async () => root.unmount());
});
