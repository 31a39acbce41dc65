/// Two names side by side: how far they agree, and why.
import { Input, Progress, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { answer, client } from '../../api/client';
import type { ComparedNames, NamesQuestion } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { Failed } from '../../shell/states';
import { useAnswer } from './asking';

type Kind = 'auto' | NonNullable<NamesQuestion['kind']>;

const kinds: Kind[] = ['auto', 'person', 'organisation'];
/// Above the first a person would take them for one name, below the second for two.
const same = 0.85;
const different = 0.6;

function ask(body: NamesQuestion): Promise<ComparedNames> {
  return answer(client.POST('/api/v1/names/compare', { body }));
}

function Result({ compared }: { compared: ComparedNames }) {
  const { t, pick } = useLocalization();
  const percent = Math.round(compared.score * 100);
  const verdict = compared.score >= same ? 'same' : compared.score >= different ? 'similar' : 'different';
  const status = { same: 'success', similar: 'normal', different: 'exception' } as const;
  return (
    <Panel title={t(`authenticity.verdict.${verdict}`)}>
      <Progress
        percent={percent}
        status={status[verdict]}
        format={() => compared.score.toFixed(2)}
        aria-label={t('authenticity.score')}
        data-test="score"
      />
      <div className="chips" data-test="reasons">
        {compared.reasons.map((reason) => (
          <Tag key={reason.code} title={reason.code}>
            {pick(reason.text)}
          </Tag>
        ))}
      </div>
      <p className="soft">
        {t('authenticity.compared_as', { kind: t(`authenticity.party.${compared.kind}`) })}{' '}
        {compared.shared_keys.length > 0
          ? t('authenticity.shared_keys', { keys: compared.shared_keys.join(', ') })
          : t('authenticity.no_shared_keys')}
      </p>
    </Panel>
  );
}

export function NamesTool() {
  const { t } = useLocalization();
  const [left, setLeft] = useState('');
  const [right, setRight] = useState('');
  const [kind, setKind] = useState<Kind>('auto');
  const isAsked = left.trim() !== '' && right.trim() !== '';
  const question = isAsked ? { left, right, ...(kind !== 'auto' && { kind }) } : undefined;
  const { data, error, refetch } = useAnswer('names', question, ask);
  return (
    <div className="tool">
      <div className="tool-pair">
        <Input
          autoFocus
          size="large"
          value={left}
          maxLength={1000}
          allowClear
          placeholder={t('authenticity.left_name')}
          aria-label={t('authenticity.left_name')}
          onChange={(event) => setLeft(event.target.value)}
          data-test="left-name"
        />
        <Input
          size="large"
          value={right}
          maxLength={1000}
          allowClear
          placeholder={t('authenticity.right_name')}
          aria-label={t('authenticity.right_name')}
          onChange={(event) => setRight(event.target.value)}
          data-test="right-name"
        />
      </div>
      <Segmented<Kind>
        value={kind}
        onChange={setKind}
        options={kinds.map((value) => ({ value, label: t(`authenticity.party.${value}`) }))}
      />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data ? <Result compared={data} /> : <p className="soft">{t('authenticity.names_hint')}</p>}
    </div>
  );
}
