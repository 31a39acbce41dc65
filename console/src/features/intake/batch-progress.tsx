/// How far a running batch is, and how fast.
import { Progress } from 'antd';
import type { Batch } from '../../api/types';
import { useLocalization } from '../../i18n';

export function BatchProgress({ batch }: { batch: Batch }) {
  const { t, number } = useLocalization();
  const share = batch.rows ? Math.min(1, batch.rows_done / batch.rows) : undefined;
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
          {batch.rows == null
            ? t('intake.rows_done', { done: number(batch.rows_done) })
            : t('intake.rows_done_of', { done: number(batch.rows_done), total: number(batch.rows) })}
        </span>
        {batch.rate_per_second != null && (
          <span>{t('intake.rate', { rate: number(Math.round(batch.rate_per_second)) })}</span>
        )}
      </div>
    </div>
  );
}
