/// The rules of an edition by kind, searched as one types; arrows and Enter choose, thousands stay smooth.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import { useLocalization } from '../../i18n';
import { useWords } from './form/words';
import { isTable } from './json';
import { isWanted, RuleFilterBoxes, useRuleFilter } from './rule-filter';
import type { Rule } from './rules';
import type { Draft } from './use-draft';

const rowHeight = 40;

function told({ id, table }: Rule): string[] {
  return [id, ...(isTable(table.label) ? Object.values(table.label).map(String) : [])];
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
  const filter = useRuleFilter();
  const { text, kind } = filter;
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const kinds = useMemo(() => [...new Set(draft.rules.map((rule) => rule.kind))], [draft.rules]);
  const shown = useMemo(
    () => inReadingOrder(draft.rules).filter((rule) => isWanted({ text, kind }, rule.kind, told(rule))),
    [draft.rules, kind, text],
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
      <RuleFilterBoxes filter={filter} kinds={kinds} hint={t('packs.search_rules')} test="rule-search" />
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
