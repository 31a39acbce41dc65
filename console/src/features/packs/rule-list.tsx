/// The rules of an edition by kind, searched as one types; arrows and Enter choose, thousands stay smooth.
import { useVirtualizer } from '@tanstack/react-virtual';
import { Input, Select } from 'antd';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useLocalization } from '../../i18n';
import { useWords } from './form/words';
import { isTable } from './json';
import type { Rule } from './rules';
import type { Draft } from './use-draft';

const rowHeight = 40;

function matches(rule: Rule, wanted: string): boolean {
  if (wanted === '') return true;
  const label = isTable(rule.table.label) ? Object.values(rule.table.label).join(' ') : '';
  return `${rule.id} ${label}`.toLowerCase().includes(wanted);
}

/// Facts are declared first and looked up last.
export function inReadingOrder(rules: Rule[]): Rule[] {
  return [...rules.filter(({ kind }) => kind !== 'fact'), ...rules.filter(({ kind }) => kind === 'fact')];
}

interface RuleListProperties {
  draft: Draft;
  chosen: Rule | undefined;
  onChoose: (rule: Rule) => void;
}

export function RuleList({ draft, chosen, onChoose }: RuleListProperties) {
  const { t, number } = useLocalization();
  const words = useWords();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<string>();
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = text.trim().toLowerCase();
  const kinds = useMemo(() => [...new Set(draft.rules.map((rule) => rule.kind))], [draft.rules]);
  const shown = useMemo(
    () =>
      inReadingOrder(draft.rules).filter(
        (rule) => (kind === undefined || rule.kind === kind) && matches(rule, wanted),
      ),
    [draft.rules, kind, wanted],
  );
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const active = shown.findIndex((rule) => rule.key === chosen?.key);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen elsewhere is scrolled to once
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'center' });
  }, [chosen?.key]);
  function onKeyDown(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const target = shown[Math.max(0, Math.min(shown.length - 1, active + step))];
    if (target) onChoose(target);
  }
  return (
    <div className="rule-list">
      <Input
        allowClear
        value={text}
        placeholder={t('packs.search_rules')}
        aria-label={t('packs.search_rules')}
        data-test="rule-search"
        onChange={(event) => setText(event.target.value)}
      />
      <Select
        allowClear
        value={kind}
        placeholder={t('packs.all_kinds')}
        aria-label={t('packs.kind_of_rule')}
        onChange={(chosenKind?: string) => setKind(chosenKind)}
        options={kinds.map((one) => ({ value: one, label: words.kind(one) }))}
      />
      <div className="soft" aria-live="polite">
        {t('shell.rows', { total: number(shown.length) })}
      </div>
      <div
        ref={scroller}
        role="listbox"
        tabIndex={0}
        className="rule-choices"
        aria-label={t('packs.tab.rules')}
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        onKeyDown={onKeyDown}
        data-test="rule-choices"
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const rule = shown[index];
            if (!rule) return null;
            const problems = draft.problems.get(rule.key);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself answers the keyboard
              <div
                key={rule.key}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                className={index === active ? 'rule-choice chosen' : 'rule-choice'}
                style={{ transform: `translateY(${start}px)` }}
                data-test={`rule-${rule.id}`}
                onClick={() => onChoose(rule)}
              >
                <span className="rule-name">
                  {words.labelOf(rule.table.label) || rule.id}
                  {draft.changed.has(rule.key) && <b className="doubtful"> {t('packs.unsaved_mark')}</b>}
                  {problems && <b className="bad"> {t('packs.problems', { count: problems })}</b>}
                </span>
                <span className="soft">
                  {words.kind(rule.kind)} · {rule.id}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
