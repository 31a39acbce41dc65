/// A chart with its table twin: the same figures to look at or to read.
import { Segmented, Skeleton, Table } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import type { BarChartProperties } from './bar-chart';
import { isWide } from './scale';

const BarChart = lazy(() => import('./bar-chart'));

interface ChartPanelProperties extends BarChartProperties {
  title: string;
  nameTitle: string;
}

interface TwinRow {
  name: string;
  values: number[];
}

function TableTwin({ nameTitle, names, series }: ChartPanelProperties) {
  const { number } = useLocalization();
  const rows: TwinRow[] = names.map((name, index) => ({
    name,
    values: series.map((one) => one.values[index] ?? 0),
  }));
  return (
    <Table<TwinRow>
      size="small"
      rowKey="name"
      dataSource={rows}
      pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { title: nameTitle, dataIndex: 'name' },
        ...series.map((one, index) => ({
          key: one.title,
          title: one.title,
          align: 'right' as const,
          render: (_: unknown, row: TwinRow) => number(row.values[index]),
        })),
      ]}
    />
  );
}

export function ChartPanel(properties: ChartPanelProperties) {
  const { t } = useLocalization();
  const [shape, setShape] = useState<'chart' | 'table'>('chart');
  return (
    <Panel
      title={properties.title}
      extra={
        <div className="page-actions">
          {shape === 'chart' && isWide(properties.series.flatMap((one) => one.values)) && (
            <span className="soft">{t('overview.log_scale')}</span>
          )}
          <Segmented
            size="small"
            value={shape}
            aria-label={properties.title}
            onChange={setShape}
            options={[
              { value: 'chart', label: t('overview.chart') },
              { value: 'table', label: t('overview.table') },
            ]}
          />
        </div>
      }
    >
      {shape === 'table' ? (
        <TableTwin {...properties} />
      ) : (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 7 }} />}>
          <BarChart label={properties.title} {...properties} />
        </Suspense>
      )}
    </Panel>
  );
}
