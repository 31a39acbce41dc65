/// What each rule said of a customer, with its reasons where somebody looks for them.
import { useQuery } from '@tanstack/react-query';
import { Input, Select, Tag } from 'antd';
import { useMemo, useState } from 'react';
import type { RuleDecision, RuleJudgement, VerdictReason } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Estimate } from '../packs/estimate';
import { useWords } from '../packs/form/words';
import { useOutcomeWords, useRuleOf } from '../packs/outcome-words';
import { factsQuery } from '../packs/queries';

interface JudgementsProperties {
  judgements: RuleJudgement[];
  editions: RuleDecision['editions'];
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

function Judgement({
  judgement,
  editions,
}: {
  judgement: RuleJudgement;
  editions: RuleDecision['editions'];
}) {
  const { t, pick } = useLocalization();
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const edition = editions.find(({ pack }) => pack === judgement.pack)?.edition;
  const outcomes = useOutcomeWords(judgement.kind, useRuleOf(edition, judgement.rule));
  const isMissing = judgement.outcome === 'missing';
  return (
    <>
      <tr data-test={`judgement-${judgement.rule}`}>
        <th scope="row">{pick(judgement.label)}</th>
        <td className="soft">{words.kind(judgement.kind)}</td>
        <td>
          <Tag className="outcome" color={isMissing ? 'default' : 'processing'}>
            {outcomes.outcome(judgement.outcome)}
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

export function Judgements({ judgements, editions }: JudgementsProperties) {
  const { t } = useLocalization();
  const words = useWords();
  const [kind, setKind] = useState<string>();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = useMemo(() => {
    const place = (judgement: RuleJudgement) => order.indexOf(judgement.kind);
    const fits = ({ kind: one, label, rule }: RuleJudgement) =>
      (kind === undefined || one === kind) &&
      `${label.zh} ${label.en} ${rule}`.toLowerCase().includes(wanted);
    return judgements.filter(fits).sort((one, other) => place(one) - place(other));
  }, [judgements, kind, wanted]);
  return (
    <>
      <div className="toolbar">
        <Input
          allowClear
          className="toolbar-search"
          value={text}
          placeholder={t('packs.search_rules')}
          aria-label={t('packs.search_rules')}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          allowClear
          value={kind}
          placeholder={t('packs.all_kinds')}
          aria-label={t('packs.kind_of_rule')}
          popupMatchSelectWidth={false}
          onChange={(chosen?: string) => setKind(chosen)}
          options={order
            .filter((one) => judgements.some((judgement) => judgement.kind === one))
            .map((one) => ({ value: one, label: words.kind(one) }))}
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
            <Judgement key={judgement.rule} judgement={judgement} editions={editions} />
          ))}
        </tbody>
      </table>
    </>
  );
}
