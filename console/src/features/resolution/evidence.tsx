/// The two sides of a case, value beside value, and why it is held.
import { Link } from '@tanstack/react-router';
import { Alert, Tag } from 'antd';
import type { CustomerRow, Review } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { useLabels } from '../customers/labels';
import { useSourceNames } from '../customers/source-names';

const colours: Record<string, string> = { agrees: 'success', similar: 'warning', disagrees: 'error' };

function Agreement({ agreement }: { agreement: string }) {
  const { word } = useLocalization();
  return <Tag color={colours[agreement]}>{word(`resolution.agreement.${agreement}`, agreement)}</Tag>;
}

function Side({ row }: { row: CustomerRow }) {
  const { t, number } = useLocalization();
  const labels = useLabels();
  const sourceName = useSourceNames();
  return (
    <div className="side">
      <Link to="/customers/$number" params={{ number: row.number }} search={{}} className="mono">
        {row.number}
      </Link>
      <div className="side-name">{row.name || '—'}</div>
      <div className="soft">
        {labels.kind(row.kind)} · {t('customers.chip_records', { count: number(row.records) })} ·{' '}
        {row.sources.map(sourceName).join(', ')}
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
      <Alert type="warning" showIcon title={pick(review.reason.text)} />
      <Comparison review={review} />
    </Panel>
  );
}
