/// The second opinion (复核): somebody proposed a dangerous merge; another person agrees or sends it back.
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Review } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { useHotkeys } from '../../shell/hotkeys';
import { Panel } from '../../shell/page';
import { type Claim, ClaimLine } from './claim-line';
import { Dangers } from './dangers';
import { sendOpinion } from './queries';
import { ReasonForm } from './reason-form';
import { Remark } from './remark';
import type { Queue } from './use-queue';

type Opinion = 'agree' | 'send_back' | 'take_back';

const templates: Record<Opinion, Key[]> = {
  agree: ['resolution.template.agree_document', 'resolution.template.agree_customer'],
  send_back: ['resolution.template.back_document', 'resolution.template.back_doubt'],
  take_back: ['resolution.template.take_back_mistake'],
};

function Choices({
  isMine,
  isHeldByOther,
  opinion,
  onOpinion,
  onNext,
}: {
  isMine: boolean;
  isHeldByOther: boolean;
  opinion: Opinion | undefined;
  onOpinion: (opinion: Opinion) => void;
  onNext: () => void;
}) {
  const { t } = useLocalization();
  const choices: [Opinion, string][] = isMine
    ? [['take_back', 'D']]
    : [
        ['agree', 'S'],
        ['send_back', 'D'],
      ];
  return (
    <div className="decisions">
      {choices.map(([name, letter]) => (
        <Button
          key={name}
          block
          type={opinion === name ? 'primary' : 'default'}
          disabled={isHeldByOther}
          onClick={() => onOpinion(name)}
          data-test={name}
        >
          {t(`resolution.opinion.${name}` satisfies Key)} <kbd>{letter}</kbd>
        </Button>
      ))}
      <Button block onClick={onNext} data-test="skip">
        {t('resolution.next')} <kbd>N</kbd>
      </Button>
    </div>
  );
}

export function OpinionPanel({ review, claim, queue }: { review: Review; claim: Claim; queue: Queue }) {
  const { t } = useLocalization();
  const [opinion, setOpinion] = useState<Opinion>();
  const isMine = review.proposed?.mine ?? false;
  const send = useMutation({
    mutationFn: (reason: string) => sendOpinion(review.id, opinion === 'agree', reason),
    onSuccess: queue.settle,
    onError: (error) => queue.refused(review.id, error),
  });
  function begin(chosen: Opinion): void {
    if (claim.isHeldByOther) return;
    claim.keep();
    setOpinion(chosen);
  }
  useHotkeys({
    s: () => !isMine && begin('agree'),
    d: () => begin(isMine ? 'take_back' : 'send_back'),
  });
  return (
    <Panel title={t('resolution.second_opinion')}>
      {review.proposed && <Remark title={t('resolution.proposed_by')} remark={review.proposed} />}
      <Alert
        type="warning"
        showIcon
        title={t('resolution.dangerous')}
        description={<Dangers dangers={review.dangers} />}
        data-test="dangers"
      />
      {isMine && <Alert type="info" showIcon title={t('resolution.own_proposal')} data-test="own-proposal" />}
      <ClaimLine review={review} claim={claim} />
      <Choices
        isMine={isMine}
        isHeldByOther={claim.isHeldByOther}
        opinion={opinion}
        onOpinion={begin}
        onNext={queue.next}
      />
      {opinion && !claim.isHeldByOther && (
        <ReasonForm
          question={opinion}
          templates={templates[opinion]}
          confirm={`resolution.confirm_opinion.${opinion}` satisfies Key}
          pending={send.isPending}
          onConfirm={(reason) => send.mutate(reason)}
        />
      )}
    </Panel>
  );
}
