/// A number of unknown or named kind: is it well-formed, what does it say, how could it be mended.
import { Alert, Button, DatePicker, Descriptions, Input, Select, Tag } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { answer, client } from '../../api/client';
import type { CheckedIdentifier, IdentifierQuestion } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { Failed } from '../../shell/states';
import { useAnswer } from './asking';
import { identifierKinds } from './kinds';

function ask(body: IdentifierQuestion): Promise<CheckedIdentifier> {
  return answer(client.POST('/api/v1/identifiers/check', { body }));
}

function Said({ checked }: { checked: CheckedIdentifier }) {
  const { t, word } = useLocalization();
  const normal = {
    key: 'normal',
    label: t('authenticity.normal'),
    children: <b className="mono">{checked.normal}</b>,
  };
  const parts = checked.parts.map(({ name, value, meaning }) => ({
    key: name,
    label: word(`authenticity.part.${name}`, name),
    children: (
      <>
        {word(`authenticity.value.${value}`, value)} {meaning && <span className="soft">{meaning}</span>}
      </>
    ),
  }));
  return <Descriptions size="small" bordered column={{ xs: 1, md: 2 }} items={[normal, ...parts]} />;
}

function Repairs({ checked, onTake }: { checked: CheckedIdentifier; onTake: (text: string) => void }) {
  const { t, pick } = useLocalization();
  if (checked.repairs.length === 0) return null;
  return (
    <div>
      <h3>{t(checked.outright ? 'authenticity.repair_outright' : 'authenticity.repairs')}</h3>
      <ul className="repairs" data-test="repairs">
        {checked.repairs.map((repair) => (
          <li key={repair.normal}>
            <Button size="small" className="mono" onClick={() => onTake(repair.normal)}>
              {repair.normal}
            </Button>
            <span className="soft">{pick(repair.change)}</span>
          </li>
        ))}
      </ul>
      {!checked.outright && <p className="soft">{t('authenticity.repairs_hint')}</p>}
    </div>
  );
}

function Result({ checked, onTake }: { checked: CheckedIdentifier; onTake: (text: string) => void }) {
  const { t, pick } = useLocalization();
  const kind = pick(checked.label);
  return (
    <Panel title={kind}>
      <div data-test="verdict">
        {checked.valid ? (
          <Alert type="success" showIcon title={t('authenticity.valid', { kind })} />
        ) : (
          <Alert
            type="error"
            showIcon
            title={t('authenticity.invalid', { kind })}
            description={pick(checked.refusal?.text)}
          />
        )}
      </div>
      {checked.findings.map((finding) => (
        <Alert key={finding.code} type="warning" showIcon title={pick(finding.text)} />
      ))}
      {checked.valid && <Said checked={checked} />}
      <Repairs checked={checked} onTake={onTake} />
      {checked.candidates.length > 1 && (
        <p className="soft">
          {t('authenticity.may_be')}{' '}
          {checked.candidates.map((candidate) => (
            <Tag key={candidate.kind} color={candidate.valid ? 'success' : undefined}>
              {pick(candidate.label)} {candidate.confidence}%
            </Tag>
          ))}
        </p>
      )}
    </Panel>
  );
}

interface Beside {
  birth_date?: string;
  sex?: 'male' | 'female';
  division?: string;
}

/// What else the row says: it may leave one repair only.
function BesideFields({ beside, onChange }: { beside: Beside; onChange: (beside: Beside) => void }) {
  const { t } = useLocalization();
  return (
    <div className="toolbar">
      <span className="soft">{t('authenticity.beside')}</span>
      <DatePicker
        placeholder={t('authenticity.part.birth_date')}
        onChange={(day: Dayjs | null) => onChange({ ...beside, birth_date: day?.format('YYYY-MM-DD') })}
      />
      <Select
        allowClear
        placeholder={t('authenticity.part.sex')}
        aria-label={t('authenticity.part.sex')}
        value={beside.sex}
        onChange={(sex) => onChange({ ...beside, sex })}
        options={(['male', 'female'] as const).map((value) => ({
          value,
          label: t(`authenticity.value.${value}`),
        }))}
      />
      <Input
        className="toolbar-search"
        allowClear
        maxLength={6}
        placeholder={t('authenticity.part.division')}
        aria-label={t('authenticity.part.division')}
        value={beside.division}
        onChange={(event) => onChange({ ...beside, division: event.target.value })}
      />
    </div>
  );
}

/// What is said in full; half a division code would be refused.
function told({ birth_date, sex, division }: Beside): Beside {
  return {
    ...(birth_date && { birth_date }),
    ...(sex && { sex }),
    ...(/^\d{6}$/.test(division ?? '') && { division }),
  };
}

export function IdentifierTool() {
  const { t } = useLocalization();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<string>();
  const [beside, setBeside] = useState<Beside>({});
  const isAsked = text.trim() !== '';
  const question = isAsked ? { text, ...(kind && { kind }), ...told(beside) } : undefined;
  const { data, error, refetch } = useAnswer('identifier', question, ask);
  return (
    <div className="tool">
      <div className="tool-pair">
        <Input
          autoFocus
          size="large"
          className="mono"
          value={text}
          maxLength={1000}
          allowClear
          placeholder={t('authenticity.identifier_placeholder')}
          aria-label={t('authenticity.identifier')}
          onChange={(event) => setText(event.target.value)}
          data-test="identifier"
        />
        <Select
          size="large"
          allowClear
          showSearch
          placeholder={t('authenticity.party.auto')}
          aria-label={t('authenticity.kind')}
          value={kind}
          onChange={setKind}
          optionFilterProp="label"
          options={identifierKinds.map((value) => ({
            value,
            label: t(`authenticity.identifier_kind.${value}`),
          }))}
        />
      </div>
      <BesideFields beside={beside} onChange={setBeside} />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data ? (
        <Result checked={data} onTake={setText} />
      ) : (
        <p className="soft">{t('authenticity.identifier_hint')}</p>
      )}
    </div>
  );
}
