/// The two sides of a case, value beside value, and why it is held.
import { Link } from '@tanstack/react-router';
import { Alert, Table, Tag } from 'antd';
import type { CustomerRow, Review } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { zh } from '../../i18n/zh';
import { Panel } from '../../shell/page';
import { useLabels } from '../customers/labels';

type Field = NonNullable<Review['fields']>[number];

const colours: Record<string, string> = { agrees: 'success', similar: 'warning', disagrees: 'error' };

function Agreement({ agreement }: { agreement: string }) {
  const { t } = useLocalization();
  const key = `resolution.agreement.${agreement}`;
  return <Tag color={colours[agreement]}>{key in zh ? t(key as Key) : agreement}</Tag>;
}

function Side({ row }: { row: CustomerRow }) {
  const { t, number } = useLocalization();
  const labels = useLabels();
  return (
    <div className="side">
      <Link to="/customers/$number" params={{ number: row.number }} search={{}} className="mono">
        {row.number}
      </Link>
      <div className="side-name">{row.name || '—'}</div>
      <div className="soft">
        {labels.kind(row.kind)} · {t('customers.chip_records', { count: number(row.records) })} ·{' '}
        {row.sources.join(', ')}
      </div>
    </div>
  );
}

export function Evidence({ review }: { review: Review }) {
  const { t, pick, instant } = useLocalization();
  return (
    <Panel
      title={t('resolution.case', { id: review.id })}
      extra={<span className="soft">{t('resolution.opened', { at: instant(review.opened_at) })}</span>}
    >
      <Alert
        type="warning"
        showIcon
        title={pick(review.reason.text)}
        description={<code>{review.reason.code}</code>}
      />
      <Table<Field>
        size="small"
        className="spaced"
        rowKey={(field) => field.attribute}
        pagination={false}
        dataSource={review.fields ?? []}
        rowClassName={(field) => (field.agreement === 'disagrees' ? 'disagrees' : '')}
        scroll={{ x: 560 }}
        columns={[
          { title: t('customers.attribute'), width: 130, render: (_, field) => pick(field.label) },
          { title: <Side row={review.left} />, render: (_, field) => field.left ?? '—' },
          { title: <Side row={review.right} />, render: (_, field) => field.right ?? '—' },
          {
            title: t('resolution.agreement'),
            width: 96,
            render: (_, field) => <Agreement agreement={field.agreement} />,
          },
        ]}
      />
    </Panel>
  );
}
