/// Sources (来源) with their records, saved mappings and the columns that no attribute claims.
import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Table, Tag } from 'antd';
import { useState } from 'react';
import { sourcesQuery } from '../../api/queries';
import type { Source } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Page } from '../../shell/page';
import { usePermission } from '../../shell/permission';
import { Failed, Guarded, NothingHere, PageLoading } from '../../shell/states';
import { useLabels } from '../customers/labels';
import { Mappings } from './mappings';
import { SourceDrawer } from './source-drawer';

function SourceDetail({ source }: { source: Source }) {
  const { t, instant } = useLocalization();
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        { key: 'purpose', label: t('intake.purpose'), children: <Said text={source.purpose} /> },
        { key: 'basis', label: t('intake.legal_basis'), children: <Said text={source.legal_basis} /> },
        { key: 'created', label: t('intake.created'), children: instant(source.created_at) },
        {
          key: 'unknown',
          label: t('intake.unknown_columns'),
          children:
            source.columns_unknown.length === 0 ? (
              <span className="soft">{t('intake.no_unknown_columns')}</span>
            ) : (
              <div className="chips">
                {source.columns_unknown.map(({ column }) => (
                  <Tag key={column}>{column}</Tag>
                ))}
              </div>
            ),
        },
        { key: 'mappings', label: t('intake.mappings'), children: <Mappings source={source} /> },
      ]}
    />
  );
}

/// What somebody still has to say of a source that was registered by its name alone.
function Said({ text }: { text: string }) {
  const { t } = useLocalization();
  return text.trim() === '' ? <Tag color="warning">{t('intake.not_said')}</Tag> : text;
}

function SourceTable({ sources, onEdit }: { sources: Source[]; onEdit: (code: string) => void }) {
  const { t, number } = useLocalization();
  const labels = useLabels();
  const mayChange = usePermission('administer');
  const edit = {
    title: <span className="hidden">{t('shell.actions')}</span>,
    width: 56,
    render: (_: unknown, { code }: Source) => (
      <Button
        size="small"
        type="text"
        icon={<EditOutlined />}
        aria-label={t('intake.edit_source', { code })}
        data-test={`edit-source-${code}`}
        onClick={(event) => {
          event.stopPropagation();
          onEdit(code);
        }}
      />
    ),
  };
  return (
    <Table<Source>
      size="small"
      rowKey="code"
      dataSource={sources}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      scroll={{ x: 860 }}
      expandable={{ expandedRowRender: (source) => <SourceDetail source={source} />, expandRowByClick: true }}
      columns={[
        {
          title: t('intake.source_code'),
          render: (_, source) => <span className="mono">{source.code}</span>,
        },
        { title: t('intake.source_name'), dataIndex: 'name' },
        { title: t('intake.channel'), render: (_, source) => labels.channel(source.channel) },
        { title: t('intake.owner'), render: (_, source) => <Said text={source.owner} /> },
        { title: t('intake.trust'), dataIndex: 'trust', align: 'right' },
        { title: t('intake.records'), align: 'right', render: (_, source) => number(source.records) },
        {
          title: t('intake.unknown_columns'),
          align: 'right',
          render: (_, source) => number(source.columns_unknown.length),
        },
        ...(mayChange ? [edit] : []),
      ]}
    />
  );
}

function Sources() {
  const { t } = useLocalization();
  const mayDeclare = usePermission('administer');
  // Empty declares a new source, a code changes that one.
  const [editing, setEditing] = useState<string>();
  const { data, error, refetch } = useQuery(sourcesQuery);
  const create = mayDeclare ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('')} data-test="new-source">
      {t('intake.new_source')}
    </Button>
  ) : (
    <span className="soft">{t('intake.new_source_by_whom')}</span>
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <PageLoading />;
  return (
    <Page title={t('shell.area_sources')} lead={t('intake.sources_lead')} actions={create}>
      {data.items.length === 0 ? (
        <NothingHere title={t('intake.no_sources')} hint={t('intake.no_sources_hint')} />
      ) : (
        <SourceTable sources={data.items} onEdit={setEditing} />
      )}
      <SourceDrawer
        open={editing !== undefined}
        code={editing || undefined}
        onClose={() => setEditing(undefined)}
        onSaved={() => setEditing(undefined)}
      />
    </Page>
  );
}

export function SourcesPage() {
  return (
    <Guarded permission="intake">
      <Sources />
    </Guarded>
  );
}
