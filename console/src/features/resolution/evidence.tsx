/// The two sides of a case, value beside value, and why it is held.
import { Link } from '@tanstack/react-router';
import { Alert, Tag } from 'antd';
import type { CustomerRow, Review } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { zh } from '../../i18n/zh';
import { Panel } from '../../shell/page';
import { useLabels } from '../customers/labels';

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

function Comparison({ review }: { review: Review }) {
  const { t, pick } = useLocalization();
  const labels = useLabels();
  return (
    <div className="evidence-frame">
      <table className="evidence">
        <thead>
          <tr>
            <td />
            <th scope="col">
              <Side row={review.left} />
            </th>
            <th scope="col">
              <Side row={review.right} />
            </th>
            <th scope="col">{t('resolution.agreement')}</th>
          </tr>
        </thead>
        <tbody>
          {(review.fields ?? []).map((field) => (
            <tr key={field.attribute}>
              <th scope="row">{pick(field.label)}</th>
              <td>{labels.value(field.attribute, field.left ?? '—')}</td>
              <td>{labels.value(field.attribute, field.right ?? '—')}</td>
              <td>
                <Agreement agreement={field.agreement} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
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
      <Comparison review={review} />
    </Panel>
  );
}
