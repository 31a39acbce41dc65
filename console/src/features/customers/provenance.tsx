/// Where a value comes from (来龙去脉): the winner, what lost against it, and why.
import { useQuery } from '@tanstack/react-query';
import { Skeleton, Tag } from 'antd';
import type { Candidate } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Failed } from '../../shell/states';
import { useLabels } from './labels';
import { provenanceQuery } from './queries';
import { Validity } from './value';

interface CandidateProperties {
  candidate: Candidate;
  attribute: string;
  won: boolean;
}

function CandidateLine({ candidate, attribute, won }: CandidateProperties) {
  const { t, pick, instant } = useLocalization();
  const labels = useLabels();
  const origin = [
    candidate.source_name || candidate.source,
    labels.channel(candidate.channel),
    candidate.clerk,
  ];
  return (
    <li className={won ? 'candidate won' : 'candidate'}>
      <div className="candidate-value">
        <b className="mono">{labels.value(attribute, candidate.value) || '—'}</b>
        <Validity valid={candidate.valid} />
        {won && <Tag color="success">{t('customers.winner')}</Tag>}
      </div>
      <div className="soft">{origin.filter(Boolean).join(' · ')}</div>
      <div className="soft">
        {t('customers.observed', { at: instant(candidate.observed_at) })}
        {' · '}
        {t('customers.recorded', { at: instant(candidate.recorded_at) })}
        {candidate.row &&
          ` · ${t('customers.batch_row', { batch: candidate.row.batch, row: candidate.row.row })}`}
      </div>
      {candidate.lost_because && (
        <div className="lost">{t('customers.lost_because', { reason: pick(candidate.lost_because) })}</div>
      )}
    </li>
  );
}

interface ProvenanceProperties {
  number: string;
  attribute: string;
  asOf?: string;
}

export function ProvenanceCard({ number, attribute, asOf }: ProvenanceProperties) {
  const { t } = useLocalization();
  const labels = useLabels();
  const { data, error, refetch } = useQuery(provenanceQuery(number, attribute, asOf));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active className="provenance" />;
  return (
    <div className="provenance" data-test="provenance">
      {data.rule.length > 0 && (
        <div className="soft">
          {t('customers.rule', { rule: data.rule.map(labels.survivorship).join(' → ') })}
        </div>
      )}
      <ul>
        {data.winner && <CandidateLine candidate={data.winner} attribute={attribute} won />}
        {data.losers.map((candidate, index) => (
          <CandidateLine
            key={`${candidate.record} ${index}`}
            candidate={candidate}
            attribute={attribute}
            won={false}
          />
        ))}
      </ul>
    </div>
  );
}
