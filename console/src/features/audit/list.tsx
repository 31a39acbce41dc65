/// Audit log (审计日志): who did what to what, in the order of the log.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Descriptions, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { answer, client } from '../../api/client';
import type { AuditEntry } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ListCount } from '../../shell/list/count';
import { type Column, Grid } from '../../shell/list/grid';
import { useWindow } from '../../shell/list/use-window';
import { Page } from '../../shell/page';
import { Guarded, NothingHere } from '../../shell/states';
import { Subject } from './subject';
import { knownActions, useAuditWords } from './words';

interface AuditFilter {
  action?: string;
  subject?: string;
}

function useAuditColumns(): Column<AuditEntry>[] {
  const { t, number, instant } = useLocalization();
  const words = useAuditWords();
  return [
    {
      name: 'position',
      title: t('audit.position'),
      width: '84px',
      align: 'right',
      render: (entry) => (entry.position == null ? t('audit.unsequenced') : number(entry.position)),
    },
    { name: 'at', title: t('audit.at'), width: '172px', render: (entry) => instant(entry.at) },
    { name: 'actor', title: t('audit.actor'), width: '120px', render: (entry) => entry.actor },
    {
      name: 'action',
      title: t('audit.action'),
      width: '150px',
      render: (entry) => <span title={entry.action}>{words.action(entry.action)}</span>,
    },
    {
      name: 'subject',
      title: t('audit.subject'),
      width: 'minmax(150px, 1fr)',
      render: (entry) => <Subject subject={entry.subject} words={words} />,
    },
    {
      name: 'detail',
      title: t('audit.detail'),
      width: 'minmax(160px, 2fr)',
      render: (entry) => (
        <span className="soft">
          {words
            .details(entry.detail)
            .map(({ label, text }) => t('audit.pair', { label, text }))
            .join(t('audit.comma'))}
        </span>
      ),
    },
  ];
}

function Toolbar({ filter }: { filter: AuditFilter }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const words = useAuditWords();
  const change = (changed: AuditFilter) => void navigate({ to: '/audit', search: { ...filter, ...changed } });
  return (
    <div className="toolbar">
      <Select
        className="audit-action"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={filter.action}
        placeholder={t('audit.action')}
        aria-label={t('audit.action')}
        data-test="audit-action"
        popupMatchSelectWidth={false}
        onChange={(action?: string) => change({ action })}
        options={knownActions.map((action) => ({ value: action, label: words.action(action) }))}
      />
      <Input.Search
        key={filter.subject}
        className="toolbar-search"
        allowClear
        defaultValue={filter.subject}
        placeholder={t('audit.subject_hint')}
        aria-label={t('audit.subject')}
        onSearch={(subject) => change({ subject: subject.trim() || undefined })}
      />
    </div>
  );
}

function EntryDetail({ entry }: { entry: AuditEntry }) {
  const { t, number, instant } = useLocalization();
  const words = useAuditWords();
  const details = words.details(entry.detail);
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'position', label: t('audit.position'), children: number(entry.position) },
          { key: 'at', label: t('audit.at'), children: <span title={entry.at}>{instant(entry.at)}</span> },
          { key: 'actor', label: t('audit.actor'), children: entry.actor },
          {
            key: 'action',
            label: t('audit.action'),
            children: (
              <span>
                {words.action(entry.action)} <code>{entry.action}</code>
              </span>
            ),
          },
          {
            key: 'subject',
            label: t('audit.subject'),
            children: (
              <span>
                <Subject subject={entry.subject} words={words} />
              </span>
            ),
          },
          ...details.map(({ name, label, text }) => ({ key: `detail ${name}`, label, children: text })),
        ]}
      />
      <details className="as-written">
        <summary>{t('audit.as_written')}</summary>
        <pre className="detail">{JSON.stringify(entry, null, 2)}</pre>
      </details>
    </>
  );
}

function AuditLog() {
  const { t } = useLocalization();
  const filter = useSearch({ from: '/frame/audit' });
  const [chosen, setChosen] = useState<AuditEntry>();
  const list = useWindow<AuditEntry>(`audit ${JSON.stringify(filter)}`, (after, limit) =>
    answer(client.GET('/api/v1/audit', { params: { query: { ...filter, after, limit } } })),
  );
  const words = useAuditWords();
  const columns = useAuditColumns();
  return (
    <Page
      filling
      title={t('shell.area_audit')}
      lead={t('audit.lead')}
      actions={<ListCount snapshot={list.snapshot} />}
    >
      <Toolbar filter={filter} />
      <Grid
        label={t('shell.area_audit')}
        list={list}
        columns={columns}
        onOpen={setChosen}
        empty={<NothingHere title={t('audit.none')} hint={t('audit.none_hint')} />}
      />
      <Drawer
        open={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        title={chosen && words.action(chosen.action)}
        size={460}
      >
        {chosen && <EntryDetail entry={chosen} />}
      </Drawer>
    </Page>
  );
}

export function AuditPage() {
  return (
    <Guarded permission="audit">
      <AuditLog />
    </Guarded>
  );
}
