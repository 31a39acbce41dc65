/// What was decided of a case, by whom and why.
import { Button, Tag } from 'antd';
import type { Review } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { Remark } from './remark';

export function OutcomePanel({ review, onNext }: { review: Review; onNext: () => void }) {
  const { t } = useLocalization();
  const isSame = review.verdict === 'same';
  return (
    <Panel title={t('resolution.outcome')}>
      <div>
        <Tag color={isSame ? 'success' : undefined} data-test="outcome">
          {t(isSame ? 'resolution.same' : 'resolution.different')}
        </Tag>
      </div>
      {review.proposed && <Remark title={t('resolution.proposed_by')} remark={review.proposed} />}
      {review.decided && <Remark title={t('resolution.decided_by')} remark={review.decided} />}
      {isSame && <p className="soft">{t('resolution.outcome_hint')}</p>}
      <Button block onClick={onNext} data-test="skip">
        {t('resolution.next')} <kbd>N</kbd>
      </Button>
    </Panel>
  );
}
