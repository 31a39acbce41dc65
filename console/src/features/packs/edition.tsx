/// One edition of a rule pack (规则包版本): where it stands, its rules as forms and as text, what it changes and would move.
import { useQuery } from '@tanstack/react-query';
import { useBlocker, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Alert, App, Button, Descriptions, Tabs, Tag } from 'antd';
import { useMemo } from 'react';
import type { PackEditionDetail } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Page } from '../../shell/page';
import { usePermission } from '../../shell/permission';
import { ProblemAlert } from '../../shell/reason';
import { Failed, Guarded, PageLoading } from '../../shell/states';
import { BacktestTab } from './backtest';
import { Differences } from './differences';
import { SurroundingsProvider } from './form/surroundings';
import { useWords } from './form/words';
import { History } from './history';
import { editionQuery, factsQuery } from './queries';
import { RulesTab } from './rules-tab';
import { EditionState, Validity } from './state';
import { StepBar, StepButtons } from './steps';
import { type EditionTab, editionTabs } from './tabs';
import { TextTab } from './text-tab';
import { type Draft, useDraft } from './use-draft';

/// What is not saved is not lost without being asked for; between the tabs of an edition it stays.
function useGuardOfUnsaved(draft: Draft): void {
  const { t } = useLocalization();
  const { modal } = App.useApp();
  const hasUnsaved = draft.unsaved > 0;
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!hasUnsaved || current.pathname === next.pathname) return false;
      const leaves = await modal.confirm({
        title: t('packs.leave_title'),
        content: t('packs.leave_hint'),
        okText: t('packs.leave'),
        okButtonProps: { danger: true },
      });
      return !leaves;
    },
    enableBeforeUnload: hasUnsaved,
  });
}

function Head({ edition }: { edition: PackEditionDetail }) {
  const { t, instant } = useLocalization();
  const words = useWords();
  const said = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ');
  const items = [
    { key: 'valid', label: t('packs.validity'), children: <Validity edition={edition} /> },
    {
      key: 'layer',
      label: t('packs.layer_label'),
      children: said(t(`packs.layer.${edition.layer as 'base'}`), edition.branch),
    },
    ...(edition.builds_on.length > 0
      ? [
          {
            key: 'builds_on',
            label: words.field('builds_on'),
            children: <span data-test="builds-on">{edition.builds_on.join(t('packs.comma'))}</span>,
          },
        ]
      : []),
    {
      key: 'changed',
      label: t('packs.last_changed'),
      children: said(edition.changed_by, instant(edition.changed_at)),
    },
    ...(edition.proposed_at
      ? [
          {
            key: 'proposed',
            label: t('packs.proposed'),
            children: said(edition.proposed_by, instant(edition.proposed_at), edition.proposal),
          },
        ]
      : []),
    ...(edition.decided_at
      ? [
          {
            key: 'decided',
            label: t('packs.decided'),
            children: said(edition.decided_by, instant(edition.decided_at), edition.decision),
          },
        ]
      : []),
  ];
  return (
    <section className="panel">
      <Descriptions size="small" column={{ xs: 1, md: 2, xl: 3 }} items={items} />
    </section>
  );
}

/// What is pending, and what became of saving it.
function Unsaved({ draft }: { draft: Draft }) {
  const { t, number } = useLocalization();
  const { message } = App.useApp();
  const save = async () => {
    // What went wrong stands below.
    const saved = await draft.save().catch(() => undefined);
    if (saved) message.success(t('shell.saved'));
  };
  return (
    <>
      {draft.isStale ? (
        <Alert
          type="error"
          showIcon
          data-test="stale"
          title={<span role="alert">{t('packs.draft_changed')}</span>}
          description={t('packs.draft_changed_hint')}
          action={
            <Button onClick={() => void draft.reload()} data-test="reload">
              {t('shell.reload_lose_changes')}
            </Button>
          }
        />
      ) : (
        <ProblemAlert error={draft.error} />
      )}
      {draft.unsaved > 0 && (
        <div className="unsaved" role="region" aria-label={t('packs.unsaved_region')} data-test="unsaved">
          <span>{t('packs.unsaved', { count: number(draft.unsaved) })}</span>
          <Button type="primary" loading={draft.isSaving} onClick={() => void save()} data-test="save">
            {t('shell.save')}
          </Button>
          <Button onClick={draft.drop} data-test="drop">
            {t('packs.drop')}
          </Button>
        </div>
      )}
    </>
  );
}

function useTabs(draft: Draft, isReadOnly: boolean, show: (tab: EditionTab, rule?: string) => void) {
  const { t } = useLocalization();
  const { rule } = useSearch({ from: '/frame/packs/editions/$id' });
  const { edition } = draft;
  const openRule = (id: string) => show('rules', id);
  const children = {
    rules: <RulesTab draft={draft} isReadOnly={isReadOnly} id={rule} onChoose={openRule} />,
    text: <TextTab draft={draft} isReadOnly={isReadOnly} />,
    differences: <Differences edition={edition} onOpen={openRule} />,
    backtest: <BacktestTab edition={edition} hasUnsaved={draft.unsaved > 0} />,
    history: <History edition={edition} />,
  };
  return editionTabs
    .filter((tab) => tab !== 'differences' || edition.base)
    .map((tab) => ({ key: tab, label: t(`packs.tab.${tab}`), children: children[tab] }));
}

function Edition({ edition }: { edition: PackEditionDetail }) {
  const { t, pick } = useLocalization();
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/packs/editions/$id' });
  const mayKeep = usePermission('keep_rules');
  const { data: facts } = useQuery(factsQuery);
  const draft = useDraft(edition);
  useGuardOfUnsaved(draft);
  const isReadOnly = !mayKeep || edition.state !== 'draft';
  const isLocked = isReadOnly || draft.isTextChanged;
  const surroundings = useMemo(
    () => ({ facts: facts?.items ?? [], sources: edition.sources, isReadOnly: isLocked }),
    [facts, edition.sources, isLocked],
  );
  function show(tab: EditionTab, rule = search.rule): void {
    const { id } = edition;
    void navigate({ to: '/packs/editions/$id', params: { id }, search: { tab, rule }, replace: true });
  }
  const tabs = useTabs(draft, isReadOnly, show);
  return (
    <Page
      title={`${pick(edition.label)} ${edition.version}`}
      lead={
        <span className="chips">
          <EditionState edition={edition} /> <Tag>{edition.pack}</Tag>
        </span>
      }
      actions={<StepButtons draft={draft} />}
    >
      <Head edition={edition} />
      {(edition.state === 'draft' || edition.state === 'proposed') && <StepBar draft={draft} />}
      {edition.state === 'proposed' && edition.mine && mayKeep && (
        <Alert type="info" showIcon title={t('packs.second_person')} data-test="second-person" />
      )}
      <Unsaved draft={draft} />
      <SurroundingsProvider value={surroundings}>
        <Tabs
          activeKey={search.tab ?? 'rules'}
          items={tabs}
          destroyOnHidden
          onChange={(key) => show(tabs.find((tab) => tab.key === key)?.key ?? 'rules')}
        />
      </SurroundingsProvider>
    </Page>
  );
}

function Loaded() {
  const { id } = useParams({ from: '/frame/packs/editions/$id' });
  const { data, error, refetch } = useQuery(editionQuery(id));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return data ? <Edition key={data.id} edition={data} /> : <PageLoading />;
}

export function EditionPage() {
  return (
    <Guarded permission="read_customers">
      <Loaded />
    </Guarded>
  );
}
