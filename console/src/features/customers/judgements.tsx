/// What each rule said of a customer, with its reasons where somebody looks for them.
import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useMemo, useState } from 'react';
import type { RuleJudgement, VerdictReason } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Estimate } from '../packs/estimate';
import { useWords } from '../packs/form/words';
import { useVerdictWords } from '../packs/outcome-words';
import { factsQuery } from '../packs/queries';
import { isWanted, RuleFilterBoxes, useRuleFilter } from '../packs/rule-filter';

interface JudgementsProperties {
  judgements: RuleJudgement[];
}

function ReasonTable({ reasons }: { reasons: VerdictReason[] }) {
  const { t, pick, word } = useLocalization();
  const isScored = reasons.some(({ score }) => score != null);
  return (
    <table className="reason-table">
      {isScored && (
        <thead>
          <tr>
            <td colSpan={2} />
            <th scope="col" className="right">
              {t('packs.field.score')}
            </th>
            <th scope="col" className="right">
              {t('packs.field.weight')}
            </th>
            <td />
          </tr>
        </thead>
      )}
      <tbody>
        {reasons.map((reason) => (
          <tr key={`${reason.part} ${reason.id}`}>
            <td className="soft">{word(`packs.part.${reason.part}`, reason.part)}</td>
            <th scope="row">{pick(reason.label)}</th>
            <td className="right">{reason.score}</td>
            <td className="right">{reason.weight}</td>
            <td className="doubtful">{reason.prudent && t('packs.prudently')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reasons({ judgement }: { judgement: RuleJudgement }) {
  const { t } = useLocalization();
  const words = useWords();
  const { data: facts } = useQuery(factsQuery);
  const reasons = judgement.reasons ?? [];
  const missing = judgement.missing ?? [];
  if (reasons.length + missing.length === 0) return <span className="soft">{t('packs.no_reasons')}</span>;
  return (
    <div className="reasons">
      <ReasonTable reasons={reasons} />
      {missing.length > 0 && (
        <p className="soft">
          {t('packs.missing_facts', { count: missing.length })}
          {missing.map((name) => words.fact(facts?.items ?? [], name)).join(t('packs.comma'))}
        </p>
      )}
    </div>
  );
}

function Judgement({ judgement }: { judgement: RuleJudgement }) {
  const { t, pick } = useLocalization();
  const words = useWords();
  const outcome = useVerdictWords();
  const [isOpen, setOpen] = useState(false);
  const isMissing = judgement.outcome === 'missing';
  return (
    <>
      <tr data-test={`judgement-${judgement.rule}`}>
        <th scope="row">{pick(judgement.label)}</th>
        <td className="soft">{words.kind(judgement.kind)}</td>
        <td>
          <Tag className="outcome" color={isMissing ? 'default' : 'processing'}>
            {outcome(judgement.kind, judgement)}
          </Tag>{' '}
          {judgement.total}
          <Estimate after={judgement.estimated_after} />
        </td>
        <td className="right">
          <button type="button" className="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('packs.reasons')}
          </button>
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={4}>
            <Reasons judgement={judgement} />
          </td>
        </tr>
      )}
    </>
  );
}

/// Scorecards and lists before single conditions: what somebody asks first.
const order = ['scorecard', 'completeness', 'decision', 'bands', 'clock', 'condition', 'derived'];

export function Judgements({ judgements }: JudgementsProperties) {
  const { t } = useLocalization();
  const filter = useRuleFilter();
  const { text, kind } = filter;
  const shown = useMemo(() => {
    const place = (judgement: RuleJudgement) => order.indexOf(judgement.kind);
    const fits = ({ kind: of, label, rule }: RuleJudgement) =>
      isWanted({ text, kind }, of, [label.zh, label.en, rule]);
    return judgements.filter(fits).sort((one, other) => place(one) - place(other));
  }, [judgements, kind, text]);
  return (
    <>
      <div className="toolbar">
        <RuleFilterBoxes
          filter={filter}
          kinds={order.filter((one) => judgements.some((judgement) => judgement.kind === one))}
          hint={t('packs.search_rules')}
          className="toolbar-search"
        />
      </div>
      <table className="judgements">
        <thead>
          <tr>
            {(['rule', 'kind_of_rule', 'outcome', 'actions'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`packs.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((judgement) => (
            <Judgement key={judgement.rule} judgement={judgement} />
          ))}
        </tbody>
      </table>
    </>
  );
}
