/// What the page said then and what it says now.
import { Table } from 'antd';
import type { Difference } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { useLabels } from './labels';

export function DifferenceTable({ differences }: { differences: Difference[] }) {
  const { t, pick } = useLocalization();
  const labels = useLabels();
  return (
    <Panel title={t('customers.differences')}>
      <Table<Difference>
        size="small"
        pagination={false}
        dataSource={differences}
        rowKey="attribute"
        columns={[
          { title: t('customers.attribute'), render: (_, row) => pick(row.label) },
          { title: t('customers.then'), render: (_, row) => labels.value(row.attribute, row.before ?? '—') },
          { title: t('customers.now'), render: (_, row) => labels.value(row.attribute, row.after ?? '—') },
        ]}
      />
    </Panel>
  );
}
