/// What came of a batch: counts, notes, unknown columns and the first problems.
import { Link } from '@tanstack/react-router';
import { Alert, Table, Tag } from 'antd';
import { detailOf } from '../../api/problem';
import type { Batch, RowProblem } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';

interface Figure {
  label: string;
  value: number;
  className?: string;
}

function Counts({ batch }: { batch: Batch }) {
  const { t, number } = useLocalization();
  const read = [
    { label: t('intake.rows'), value: batch.rows ?? batch.rows_done },
    { label: t('intake.accepted'), value: batch.accepted, className: 'good' },
    {
      label: t('intake.quarantined'),
      value: batch.quarantined,
      className: batch.quarantined > 0 ? 'bad' : '',
    },
  ];
  // A trial looks for no customers, so it must not report that it found none.
  const met = [
    { label: t('intake.unchanged'), value: batch.unchanged },
    { label: t('intake.new_customers'), value: batch.new_customers },
    { label: t('intake.joined'), value: batch.joined },
    { label: t('intake.held'), value: batch.held_for_review },
    { label: t('intake.customers'), value: batch.customers },
  ];
  const counts: Figure[] = batch.dry_run ? read : [...read, ...met];
  return (
    <dl className="figures" data-test="report">
      {counts.map((count) => (
        <div key={count.label}>
          <dt>{count.label}</dt>
          <dd className={count.className}>{number(count.value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Notes({ batch }: { batch: Batch }) {
  const { pick } = useLocalization();
  if (batch.notes.length === 0) return null;
  const lines = batch.notes.map((note) => <li key={note.en}>{pick(note)}</li>);
  return <Alert type="info" showIcon data-test="notes" title={<ul className="plain notes">{lines}</ul>} />;
}

function UnknownColumns({ batch }: { batch: Batch }) {
  const { t } = useLocalization();
  if (batch.columns_unknown.length === 0) return null;
  return (
    <Panel title={t('intake.columns_unknown', { count: batch.columns_unknown.length })}>
      <p className="soft">{t('intake.columns_unknown_hint')}</p>
      <div className="chips">
        {batch.columns_unknown.slice(0, 60).map((column) => (
          <Tag key={column}>{column}</Tag>
        ))}
        {batch.columns_unknown.length > 60 && <Tag>…</Tag>}
      </div>
    </Panel>
  );
}

function Problems({ batch }: { batch: Batch }) {
  const { t, pick } = useLocalization();
  if (batch.problems_first.length === 0) return null;
  return (
    <Panel
      title={t('intake.problems_first', { count: batch.problems_first.length })}
      extra={
        !batch.dry_run && (
          <Link to="/intake/quarantine" search={{ batch: batch.id }} data-test="to-quarantine">
            {t('intake.to_quarantine')}
          </Link>
        )
      }
    >
      <Table<RowProblem>
        size="small"
        rowKey={(problem) => `${problem.row} ${problem.column} ${problem.code}`}
        pagination={{ pageSize: 25, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={batch.problems_first}
        scroll={{ x: 960 }}
        columns={[
          { title: t('intake.row'), dataIndex: 'row', width: 90, align: 'right' },
          { title: t('intake.column'), dataIndex: 'column', width: 150 },
          { title: t('intake.value'), dataIndex: 'value', width: 180, ellipsis: true },
          { title: t('intake.reason'), render: (_, problem) => pick(problem.reason) },
          { title: t('intake.code'), width: 220, render: (_, problem) => <code>{problem.code}</code> },
        ]}
      />
    </Panel>
  );
}

function Failure({ batch }: { batch: Batch }) {
  const { pick, language } = useLocalization();
  const problem = batch.problem;
  if (!problem) return null;
  const detail = detailOf(problem, language);
  return (
    <Alert
      type="error"
      showIcon
      title={pick(problem.title)}
      description={
        <>
          {detail} <code>{problem.code}</code>
        </>
      }
    />
  );
}

export function BatchReport({ batch }: { batch: Batch }) {
  const { t } = useLocalization();
  return (
    <>
      <Failure batch={batch} />
      <Panel title={t(batch.dry_run ? 'intake.trial_report' : 'intake.report')}>
        <Counts batch={batch} />
      </Panel>
      <Notes batch={batch} />
      <UnknownColumns batch={batch} />
      <Problems batch={batch} />
    </>
  );
}
