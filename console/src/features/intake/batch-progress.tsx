/// How far an import or a withdrawal is, and how fast.
import { Progress } from 'antd';
import type { Batch } from '../../api/types';
import { useLocalization } from '../../i18n';

export function BatchProgress({ batch }: { batch: Batch }) {
  const { t, number } = useLocalization();
  const withdrawing = batch.state === 'withdrawing';
  const done = withdrawing ? (batch.withdrawn_records ?? 0) : batch.rows_done;
  const total = withdrawing ? batch.accepted - batch.unchanged : batch.rows;
  const share = total ? Math.min(1, done / total) : undefined;
  return (
    <div className="panel progress" role="status" aria-live="polite" data-test="progress">
      <Progress
        percent={share === undefined ? 100 : Math.floor(share * 100)}
        status="active"
        showInfo={share !== undefined}
        aria-label={t('intake.progress')}
      />
      <div className="progress-figures">
        <span>
          {total == null
            ? t('intake.rows_done', { done: number(done) })
            : t(withdrawing ? 'intake.records_withdrawn_of' : 'intake.rows_done_of', {
                done: number(done),
                total: number(total),
              })}
        </span>
        {!withdrawing && batch.rate_per_second != null && (
          <span>{t('intake.rate', { rate: number(Math.round(batch.rate_per_second)) })}</span>
        )}
      </div>
    </div>
  );
}
