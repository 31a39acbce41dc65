/// Audit log (审计日志): who did what to what, in the order of the log.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Descriptions, Drawer, Input } from 'antd';
import { useMemo, useState } from 'react';
import { answer, client } from '../../api/client';
import type { AuditEntry } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ListCount } from '../../shell/list/count';
import { type Column, Grid } from '../../shell/list/grid';
import { useWindow } from '../../shell/list/use-window';
import { Page } from '../../shell/page';
import { Guarded, NothingHere } from '../../shell/states';

interface AuditFilter {
  action?: string;
  subject?: string;
}

function detailOf(entry: AuditEntry): string {
  if (entry.detail == null) return '';
  return typeof entry.detail === 'string' ? entry.detail : JSON.stringify(entry.detail);
}

function useAuditColumns(): Column<AuditEntry>[] {
  const { t, number, instant } = useLocalization();
  return useMemo(
    () => [
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
        width: 'minmax(130px, 1fr)',
        render: (entry) => <code>{entry.action}</code>,
      },
      {
        name: 'subject',
        title: t('audit.subject'),
        width: 'minmax(130px, 1fr)',
        render: (entry) => <span className="mono">{entry.subject}</span>,
      },
      {
        name: 'detail',
        title: t('audit.detail'),
        width: 'minmax(160px, 2fr)',
        render: (entry) => <span className="soft">{detailOf(entry)}</span>,
      },
    ],
    [t, number, instant],
  );
}

function Toolbar({ filter }: { filter: AuditFilter }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const change = (changed: AuditFilter) => void navigate({ to: '/audit', search: { ...filter, ...changed } });
  return (
    <div className="toolbar">
      <Input.Search
        className="toolbar-jump"
        allowClear
        defaultValue={filter.action}
        placeholder={t('audit.action')}
        aria-label={t('audit.action')}
        onSearch={(action) => change({ action: action.trim() || undefined })}
      />
      <Input.Search
        className="toolbar-jump"
        allowClear
        defaultValue={filter.subject}
        placeholder={t('audit.subject')}
        aria-label={t('audit.subject')}
        onSearch={(subject) => change({ subject: subject.trim() || undefined })}
      />
    </div>
  );
}

function EntryDetail({ entry }: { entry: AuditEntry }) {
  const { t, number, instant } = useLocalization();
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        { key: 'position', label: t('audit.position'), children: number(entry.position) },
        { key: 'at', label: t('audit.at'), children: <span title={entry.at}>{instant(entry.at)}</span> },
        { key: 'actor', label: t('audit.actor'), children: entry.actor },
        { key: 'action', label: t('audit.action'), children: <code>{entry.action}</code> },
        {
          key: 'subject',
          label: t('audit.subject'),
          children: <span className="mono">{entry.subject}</span>,
        },
        {
          key: 'detail',
          label: t('audit.detail'),
          children: <pre className="detail">{JSON.stringify(entry.detail ?? null, null, 2)}</pre>,
        },
      ]}
    />
  );
}

function AuditLog() {
  const { t } = useLocalization();
  const filter = useSearch({ from: '/frame/audit' });
  const [chosen, setChosen] = useState<AuditEntry>();
  const list = useWindow<AuditEntry>(`audit ${JSON.stringify(filter)}`, (after, limit) =>
    answer(client.GET('/api/v1/audit', { params: { query: { ...filter, after, limit } } })),
  );
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
        title={chosen?.action}
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
