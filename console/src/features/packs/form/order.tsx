/// Words in an order that decides: each is moved up and down by its buttons, or by Alt and an arrow.
import { Select } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useLocalization } from '../../../i18n';
import { movedAt, textsOf, withoutAt } from '../json';
import type { Choice } from '../kinds/shapes';
import { RowActions } from './row-actions';
import type { Editing } from './surroundings';
import { useWords } from './words';

interface OrderProperties extends Editing {
  choices: Choice[];
}

export function OrderInput({ value, label, choices, onChange }: OrderProperties) {
  const { t } = useLocalization();
  const words = useWords();
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<string>(undefined);
  const chosen = textsOf(value);
  const open = choices.filter((one) => !chosen.includes(String(one.value)));
  // Whoever moves a word by the keyboard goes with it.
  useEffect(() => {
    const word = moved.current;
    if (word === undefined) return;
    moved.current = undefined;
    const places = [...(list.current?.children ?? [])];
    const place = places.find((one) => one.getAttribute('data-word') === word);
    if (place && !place.contains(document.activeElement)) {
      place.querySelector<HTMLElement>('button:not([disabled])')?.focus();
    }
  });
  function move(place: number, by: -1 | 1): void {
    moved.current = chosen[place];
    onChange(movedAt(chosen, place, by));
  }
  function onKeyDown(event: KeyboardEvent, place: number): void {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
    if (!event.altKey || by === undefined) return;
    event.preventDefault();
    move(place, by);
  }
  return (
    <div className="order-input">
      <ol ref={list} aria-label={label} data-test="order">
        {chosen.map((word, place) => {
          const name = words.chosen(choices, word);
          return (
            <li key={word} data-word={word} onKeyDown={(event) => onKeyDown(event, place)}>
              <span>{name}</span>
              <RowActions
                name={name}
                place={place}
                count={chosen.length}
                onMove={(by) => move(place, by)}
                onRemove={() => onChange(withoutAt(chosen, place))}
              />
            </li>
          );
        })}
      </ol>
      {open.length > 0 && (
        <Select
          value={null}
          placeholder={t('packs.add_row', { what: label })}
          aria-label={t('packs.add_row', { what: label })}
          popupMatchSelectWidth={false}
          onChange={(word: string | null) => word !== null && onChange([...chosen, word])}
          options={open.map((one) => ({ value: String(one.value), label: words.choice(one) }))}
        />
      )}
    </div>
  );
}
