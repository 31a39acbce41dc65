/// The rules that count on a day (现行规则), each with where it comes from.
import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { DatePicker, Input, Tag } from 'antd';
import dayjs from 'dayjs';
import { useMemo } from 'react';
import type { Page as ListPage, RuleInForce } from '../../api/types';
import { useLocalization } from '../../i18n';
import { type Column, Grid } from '../../shell/list/grid';
import { useWindow } from '../../shell/list/use-window';
import { Page } from '../../shell/page';
import { Failed, Guarded, NothingHere, PageLoading } from '../../shell/states';
import { useWords } from './form/words';
import { rulesQuery } from './queries';
import { RefoldingNote } from './refolding';
import { isWanted, RuleFilterBoxes, useRuleFilter } from './rule-filter';

const colours: Record<string, string> = { read: 'success', seen: 'warning', memory: 'error' };

function Confidence({ rule }: { rule: RuleInForce }) {
  const { word } = useLocalization();
  const { confidence } = rule.source;
  if (confidence === '') return null;
  return <Tag color={colours[confidence]}>{word(`packs.word.${confidence}`, confidence)}</Tag>;
}

function useRuleColumns(): Column<RuleInForce>[] {
  const { t, pick } = useLocalization();
  const words = useWords();
  const text = (said: string) => <span title={said}>{said}</span>;
  return [
    {
      name: 'label',
      title: t('packs.column.rule'),
      width: 'minmax(160px, 2fr)',
      render: (rule) => <b title={`${pick(rule.label)} ${rule.rule}`}>{pick(rule.label)}</b>,
    },
    {
      name: 'id',
      title: t('packs.column.id'),
      width: 'minmax(110px, 1fr)',
      render: (rule) => (
        <span className="mono" title={rule.rule}>
          {rule.rule}
        </span>
      ),
    },
    {
      name: 'kind',
      title: t('packs.column.kind_of_rule'),
      width: '96px',
      render: (rule) => words.kind(rule.kind),
    },
    {
      name: 'origin',
      title: t('packs.column.origin'),
      width: 'minmax(150px, 1fr)',
      render: (rule) => text(`${rule.pack}@${rule.version}`),
    },
    {
      name: 'replaces',
      title: t('packs.column.replaces'),
      width: 'minmax(80px, 0.6fr)',
      render: (rule) => text(rule.replaces.join(t('packs.comma')) || '—'),
    },
    {
      name: 'confidence',
      title: t('packs.column.confidence'),
      width: '84px',
      render: (rule) => <Confidence rule={rule} />,
    },
    {
      name: 'source',
      title: t('packs.column.source'),
      width: 'minmax(160px, 2fr)',
      render: (rule) => text([rule.source.title, rule.source.number].filter(Boolean).join(' ')),
    },
    {
      name: 'article',
      title: t('packs.column.article'),
      width: '72px',
      render: (rule) => rule.article ?? '—',
    },
  ];
}

function told({ rule, label, pack, source, facts }: RuleInForce) {
  return [rule, label.zh, label.en, pack, source.title, source.number, ...facts];
}

/// Rows that are all here, given out as the pages that a list asks for.
function pagesOf(rules: RuleInForce[]) {
  return async (after: string | undefined, limit: number): Promise<ListPage<RuleInForce>> => {
    const start = after ? Number(after) : 0;
    const end = start + limit;
    return {
      items: rules.slice(start, end),
      next: end < rules.length ? String(end) : null,
      count: { value: rules.length, exact: true },
    };
  };
}

interface Asked {
  day: string | undefined;
  branch: string | undefined;
}

function RuleGrid({ rules, name }: { rules: RuleInForce[]; name: string }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const list = useWindow<RuleInForce>(name, pagesOf(rules));
  const columns = useRuleColumns();
  return (
    <Grid
      label={t('shell.area_rules')}
      list={list}
      columns={columns}
      onOpen={(rule) =>
        void navigate({
          to: '/packs/editions/$id',
          params: { id: rule.edition },
          search: { tab: 'rules', rule: rule.rule },
        })
      }
      empty={<NothingHere title={t('packs.no_rules')} hint={t('packs.nothing_found_hint')} />}
    />
  );
}

function RuleList({ day, branch }: Asked) {
  const { t, number } = useLocalization();
  const navigate = useNavigate();
  const filter = useRuleFilter();
  const { text, kind } = filter;
  const { data, error, refetch, dataUpdatedAt } = useQuery(rulesQuery(day, branch));
  const all = data?.items;
  const shown = useMemo(
    () => (all ?? []).filter((rule) => isWanted({ text, kind }, rule.kind, told(rule))),
    [all, kind, text],
  );
  const kinds = useMemo(() => [...new Set((all ?? []).map((rule) => rule.kind))], [all]);
  const ask = (asked: Partial<Asked>) =>
    void navigate({ to: '/packs/rules', search: { day, branch, ...asked }, replace: true });
  return (
    <Page
      filling
      title={t('shell.area_rules')}
      lead={t('packs.rules_lead')}
      actions={
        all && (
          <span className="soft" aria-live="polite" data-test="count">
            {t('shell.rows', { total: number(shown.length) })}
          </span>
        )
      }
    >
      <RefoldingNote />
      <div className="toolbar">
        <RuleFilterBoxes
          filter={filter}
          kinds={kinds}
          hint={t('packs.search_in_force')}
          prefix={<SearchOutlined />}
          className="toolbar-search"
          test="rules-search"
        />
        <DatePicker
          value={day ? dayjs(day) : null}
          placeholder={t('packs.today')}
          aria-label={t('packs.on_day')}
          onChange={(chosen) => ask({ day: chosen?.format('YYYY-MM-DD') })}
        />
        <Input.Search
          key={branch}
          allowClear
          className="branch-box"
          defaultValue={branch}
          placeholder={t('packs.branch')}
          aria-label={t('packs.branch')}
          onSearch={(unit) => ask({ branch: unit.trim() || undefined })}
        />
      </div>
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : all ? (
        <RuleGrid rules={shown} name={`rules ${day} ${branch} ${kind} ${text} ${dataUpdatedAt}`} />
      ) : (
        <PageLoading />
      )}
    </Page>
  );
}

export function RulesInForcePage() {
  const { day, branch } = useSearch({ from: '/frame/packs/rules' });
  return (
    <Guarded permission="read_customers">
      <RuleList day={day} branch={branch} />
    </Guarded>
  );
}
