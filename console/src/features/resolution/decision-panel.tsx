/// The decision: same, different or later, with a reason; and what a person should know before it.
import { Alert, Button } from 'antd';
import type { Review } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { type Claim, ClaimLine } from './claim-line';
import { Dangers } from './dangers';
import type { Verdict } from './queries';
import { ReasonForm } from './reason-form';

const templates: Record<Verdict, Key[]> = {
  same: [
    'resolution.template.same_document',
    'resolution.template.same_typo',
    'resolution.template.same_renamed',
  ],
  different: [
    'resolution.template.different_number',
    'resolution.template.different_person',
    'resolution.template.different_shared',
  ],
};

interface DecisionProperties {
  review: Review;
  claim: Claim;
  verdict: Verdict | undefined;
  onVerdict: (verdict: Verdict) => void;
  onNext: () => void;
  onDecide: (verdict: Verdict, reason: string) => void;
}

export function DecisionPanel({ review, claim, verdict, onVerdict, onNext, onDecide }: DecisionProperties) {
  const { t } = useLocalization();
  const isOne = review.left.number === review.right.number;
  const choice = (name: Verdict, letter: string) => (
    <Button
      type={verdict === name ? 'primary' : 'default'}
      block
      disabled={claim.isHeldByOther || (isOne && name === 'different')}
      onClick={() => onVerdict(name)}
      data-test={name}
    >
      {t(`resolution.${name}` satisfies Key)} <kbd>{letter}</kbd>
    </Button>
  );
  return (
    <Panel title={t('resolution.decision')}>
      <ClaimLine review={review} claim={claim} />
      <div className="decisions">
        {choice('same', 'S')}
        {choice('different', 'D')}
        <Button block onClick={onNext} data-test="skip">
          {t('resolution.next')} <kbd>N</kbd>
        </Button>
      </div>
      {review.dangers.length > 0 && verdict !== 'different' && (
        <Alert
          type="info"
          showIcon
          data-test="dangers"
          title={t('resolution.needs_second')}
          description={<Dangers dangers={review.dangers} />}
        />
      )}
      {verdict && !claim.isHeldByOther ? (
        <ReasonForm
          question={verdict}
          templates={templates[verdict]}
          confirm={
            verdict === 'different'
              ? 'resolution.confirm_different'
              : review.dangers.length > 0
                ? 'resolution.confirm_proposal'
                : 'resolution.confirm_same'
          }
          onConfirm={(reason) => onDecide(verdict, reason)}
        />
      ) : (
        <p className="soft">{t('resolution.choose_hint')}</p>
      )}
    </Panel>
  );
}
