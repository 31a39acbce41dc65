/// An address in parts, the division it lies in, and how far another one agrees with it.
import { Descriptions, Input, Progress, Tag } from 'antd';
import { useState } from 'react';
import { answer, client } from '../../api/client';
import type { AddressQuestion, ParsedAddress } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { Failed } from '../../shell/states';
import { useAnswer } from './asking';

function ask(body: AddressQuestion): Promise<ParsedAddress> {
  return answer(client.POST('/api/v1/addresses/parse', { body }));
}

/// The address as it was written, each piece under the name of what it is.
function Pieces({ parsed }: { parsed: ParsedAddress }) {
  const { pick } = useLocalization();
  let at = 0;
  return (
    <p className="pieces" data-test="pieces">
      {parsed.pieces.map((piece) => {
        at += piece.text.length + 1;
        return piece.part ? (
          <ruby key={at} className={`piece ${piece.part}`}>
            {piece.text}
            <rt>{pick(piece.label)}</rt>
          </ruby>
        ) : (
          <span key={at}>{piece.text}</span>
        );
      })}
    </p>
  );
}

function Place({ parsed }: { parsed: ParsedAddress }) {
  const { t } = useLocalization();
  return (
    <Descriptions
      size="small"
      bordered
      column={1}
      items={[
        {
          key: 'code',
          label: t('authenticity.part.division'),
          children: parsed.code ? (
            <>
              <b className="mono">{parsed.code}</b> {parsed.division_names.join(' ')}
            </>
          ) : (
            <span className="soft">{t('authenticity.no_division')}</span>
          ),
        },
        { key: 'canonical', label: t('authenticity.canonical'), children: parsed.canonical },
      ]}
    />
  );
}

const colours: Record<string, string> = {
  address_different: 'error',
  address_alike: 'warning',
  address_one_sided: 'default',
};

function Agreement({ comparison }: { comparison: NonNullable<ParsedAddress['comparison']> }) {
  const { t, pick } = useLocalization();
  return (
    <Panel title={t('authenticity.address_agreement')}>
      <Progress
        percent={Math.round(comparison.score * 100)}
        status="normal"
        format={() => comparison.score.toFixed(2)}
        aria-label={t('authenticity.score')}
      />
      <div className="chips" data-test="reasons">
        {comparison.reasons.map((reason) => (
          <Tag key={reason.part} color={colours[reason.code] ?? 'success'} title={reason.code}>
            {pick(reason.text)}
          </Tag>
        ))}
      </div>
    </Panel>
  );
}

export function AddressTool() {
  const { t } = useLocalization();
  const [text, setText] = useState('');
  const [other, setOther] = useState('');
  const isAsked = text.trim() !== '';
  const question = isAsked ? { text, ...(other.trim() !== '' && { other }) } : undefined;
  const { data, error, refetch } = useAnswer('address', question, ask);
  return (
    <div className="tool">
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 2 }}
        maxLength={1000}
        value={text}
        placeholder={t('authenticity.address_placeholder')}
        aria-label={t('authenticity.address')}
        onChange={(event) => setText(event.target.value)}
        data-test="address"
      />
      <Input
        allowClear
        maxLength={1000}
        value={other}
        placeholder={t('authenticity.other_address')}
        aria-label={t('authenticity.other_address')}
        onChange={(event) => setOther(event.target.value)}
        data-test="other-address"
      />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data ? (
        <Panel>
          <Pieces parsed={data} />
          <Place parsed={data} />
        </Panel>
      ) : (
        <p className="soft">{t('authenticity.address_hint')}</p>
      )}
      {data?.comparison && <Agreement comparison={data.comparison} />}
    </div>
  );
}
