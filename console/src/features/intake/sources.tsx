/// Sources (来源) with their records, saved mappings and the columns that no attribute claims.
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Skeleton, Table, Tag } from 'antd';
import { useState } from 'react';
import { sourcesQuery } from '../../api/queries';
import type { Source } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Page } from '../../shell/page';
import { Failed, Guarded, NothingHere, PageLoading } from '../../shell/states';
import { useLabels } from '../customers/labels';
import { mappingsQuery } from './queries';
import { SourceDrawer } from './source-drawer';

function Mappings({ source }: { source: Source }) {
  const { t, instant } = useLocalization();
  const labels = useLabels();
  const { data, error, refetch } = useQuery(mappingsQuery(source.code));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 1 }} />;
  if (data.items.length === 0) return <span className="soft">{t('intake.no_mappings')}</span>;
  return (
    <ul className="plain">
      {data.items.map((mapping) => (
        <li key={mapping.name}>
          <b>{mapping.name}</b> <span className="soft">{instant(mapping.updated_at)}</span>
          <div className="chips">
            {mapping.columns
              .filter((column) => column.attribute)
              .map((column) => (
                <Tag key={column.column}>
                  {column.column} → {labels.attribute(column.attribute)}
                </Tag>
              ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function SourceDetail({ source }: { source: Source }) {
  const { t, instant } = useLocalization();
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        { key: 'purpose', label: t('intake.purpose'), children: source.purpose },
        { key: 'basis', label: t('intake.legal_basis'), children: source.legal_basis },
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

function SourceTable({ sources }: { sources: Source[] }) {
  const { t, number } = useLocalization();
  const labels = useLabels();
  return (
    <Table<Source>
      size="small"
      rowKey="code"
      dataSource={sources}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      scroll={{ x: 820 }}
      expandable={{ expandedRowRender: (source) => <SourceDetail source={source} />, expandRowByClick: true }}
      columns={[
        {
          title: t('intake.source_code'),
          render: (_, source) => <span className="mono">{source.code}</span>,
        },
        { title: t('intake.source_name'), dataIndex: 'name' },
        { title: t('intake.channel'), render: (_, source) => labels.channel(source.channel) },
        { title: t('intake.owner'), dataIndex: 'owner' },
        { title: t('intake.trust'), dataIndex: 'trust', align: 'right' },
        { title: t('intake.records'), align: 'right', render: (_, source) => number(source.records) },
        {
          title: t('intake.unknown_columns'),
          align: 'right',
          render: (_, source) => number(source.columns_unknown.length),
        },
      ]}
    />
  );
}

function Sources() {
  const { t } = useLocalization();
  const [creating, setCreating] = useState(false);
  const { data, error, refetch } = useQuery(sourcesQuery);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)} data-test="new-source">
      {t('intake.new_source')}
    </Button>
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <PageLoading />;
  return (
    <Page title={t('shell.area_sources')} lead={t('intake.sources_lead')} actions={create}>
      {data.items.length === 0 ? (
        <NothingHere title={t('intake.no_sources')} hint={t('intake.no_sources_hint')} />
      ) : (
        <SourceTable sources={data.items} />
      )}
      <SourceDrawer open={creating} onClose={() => setCreating(false)} onCreated={() => setCreating(false)} />
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
