/// The two sides of a case, value beside value, why it is held, and how heavy each field weighs.
import { Link } from '@tanstack/react-router';
import { Alert, Tag } from 'antd';
import type { CustomerRow, Review } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { useLabels } from '../customers/labels';
import { useSourceNames } from '../customers/source-names';
import { compareSpelling, type Piece } from './spelling';
import { Waterfall } from './waterfall';

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

function Spelling({ pieces }: { pieces: Piece[] }) {
  return pieces.map(({ text, differs }, index) =>
    differs ? (
      <mark key={index} className="differs">
        {text}
      </mark>
    ) : (
      <span key={index}>{text}</span>
    ),
  );
}

type Field = NonNullable<Review['fields']>[number];

function FieldRow({ field }: { field: Field }) {
  const { pick } = useLocalization();
  const labels = useLabels();
  const said = (value: string | null | undefined) => (value ? labels.value(field.attribute, value) : '');
  const [left, right] = compareSpelling(said(field.left), said(field.right));
  const isCompared = field.left && field.right && field.agreement !== 'agrees';
  return (
    <tr>
      <th scope="row">{pick(field.label)}</th>
      <td>{isCompared ? <Spelling pieces={left} /> : said(field.left) || '—'}</td>
      <td>{isCompared ? <Spelling pieces={right} /> : said(field.right) || '—'}</td>
      <td>
        <Agreement agreement={field.agreement} />
      </td>
    </tr>
  );
}

function Comparison({ review }: { review: Review }) {
  const { t } = useLocalization();
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
            <FieldRow key={field.attribute} field={field} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function EvidencePanel({ review }: { review: Review }) {
  const { t, pick, instant } = useLocalization();
  const isOne = review.left.number === review.right.number;
  return (
    <>
      <Panel
        title={t('resolution.case', { id: review.id })}
        extra={<span className="soft">{t('resolution.opened', { at: instant(review.opened_at) })}</span>}
      >
        <Alert type="warning" showIcon title={pick(review.reason.text)} />
        {isOne && review.state !== 'decided' && (
          <Alert type="info" showIcon title={t('resolution.one_already')} />
        )}
        {review.returned && review.state === 'open' && (
          <Alert
            type="info"
            showIcon
            title={t('resolution.returned_by', {
              by: review.returned.by,
              at: instant(review.returned.at),
            })}
            description={review.returned.reason}
            data-test="returned"
          />
        )}
        <Comparison review={review} />
      </Panel>
      {review.evidence && (
        <Panel title={t('resolution.waterfall')}>
          <Waterfall evidence={review.evidence} />
        </Panel>
      )}
    </>
  );
}
