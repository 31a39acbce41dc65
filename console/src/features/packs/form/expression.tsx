/// An expression (表达式) with the facts that it may look at: they are suggested by name or label while one types.
import { Input } from 'antd';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { PackFact } from '../../../api/types';
import { useLocalization } from '../../../i18n';
import { textOf } from '../json';
import { completed, factsIn, suggested, wordAt } from './completion';
import { type Editing, useSurroundings } from './surroundings';

/// The facts of an expression in words, for whoever does not read it.
function Legend({ text, facts }: { text: string; facts: PackFact[] }) {
  const { t, pick, word } = useLocalization();
  const used = factsIn(text, facts);
  if (used.length === 0) return null;
  return (
    <ul className="expression-facts" aria-label={t('packs.facts_used')}>
      {used.map((fact) => (
        <li key={fact.name}>
          <code>{fact.name}</code> {pick(fact.label)}{' '}
          <span className="soft">{word(`packs.type.${fact.type}`, fact.type)}</span>
        </li>
      ))}
    </ul>
  );
}

export function ExpressionText({ text, compact }: { text: string; compact?: boolean }) {
  const { facts } = useSurroundings();
  return (
    <>
      <code className="expression">{text === '' ? '—' : text.trim()}</code>
      {!compact && <Legend text={text} facts={facts} />}
    </>
  );
}

export function ExpressionBox({ value, label, compact, onChange }: Editing) {
  const { pick, word } = useLocalization();
  const { facts } = useSurroundings();
  const listId = useId();
  const box = useRef<HTMLTextAreaElement | null>(null);
  const [caret, setCaret] = useState<number>();
  const [active, setActive] = useState(0);
  const text = textOf(value);
  const found = caret === undefined ? [] : suggested(facts, wordAt(text, caret).text);
  const isOpen = found.length > 0;

  function choose(fact: PackFact | undefined): void {
    if (!fact || caret === undefined) return;
    const next = completed(text, caret, fact.name);
    onChange(next.text);
    setCaret(undefined);
    requestAnimationFrame(() => box.current?.setSelectionRange(next.caret, next.caret));
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (!isOpen || event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setActive((place) => Math.min(found.length - 1, place + 1));
    else if (event.key === 'ArrowUp') setActive((place) => Math.max(0, place - 1));
    else if (event.key === 'Enter' || event.key === 'Tab') choose(found[active]);
    else if (event.key === 'Escape') setCaret(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div className="expression-box">
      <Input.TextArea
        value={text}
        className="mono"
        autoSize={{ minRows: compact ? 1 : 2, maxRows: 14 }}
        spellCheck={false}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
        onChange={(event) => {
          box.current = event.target;
          onChange(event.target.value === '' && compact ? undefined : event.target.value);
          setCaret(event.target.selectionStart);
          setActive(0);
        }}
        onBlur={() => setCaret(undefined)}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <div id={listId} role="listbox" className="suggestions" aria-label={label} tabIndex={-1}>
          {found.map((fact, place) => (
            <div
              key={fact.name}
              id={`${listId}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === active}
              className={place === active ? 'suggestion active' : 'suggestion'}
              // The press comes before the blur, which would close the list.
              onMouseDown={(event) => {
                event.preventDefault();
                choose(fact);
              }}
            >
              <span>
                {pick(fact.label)} <code>{fact.name}</code>
              </span>
              <span className="soft">{word(`packs.type.${fact.type}`, fact.type)}</span>
            </div>
          ))}
        </div>
      )}
      {!compact && <Legend text={text} facts={facts} />}
    </div>
  );
}
