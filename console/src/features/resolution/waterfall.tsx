/// The evidence as a waterfall (证据瀑布图): from how likely any two records are one, through what each field adds or takes
/// away, to the sum. It is a table that draws: whoever cannot see the bars reads the same in its cells.
import type { Evidence } from '../../api/types';
import { useLocalization } from '../../i18n';
import { type Bar, outlookOf, type Waterfall as Shape, type Step, waterfallOf } from './waterfall-geometry';

const share = (part: number) => `${(part * 100).toFixed(2)}%`;

function useBits() {
  const { language } = useLocalization();
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  return (bits: number) => format.format(bits);
}

/// Never quite nought and never quite one: evidence is not proof.
function useChance() {
  const { language } = useLocalization();
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    style: 'percent',
    maximumFractionDigits: 2,
  });
  return (chance: number) => {
    if (chance > 0.9999) return `> ${format.format(0.9999)}`;
    if (chance < 0.0001) return `< ${format.format(0.0001)}`;
    return format.format(chance);
  };
}

function Track({ bar, shape, kind }: { bar: Bar | undefined; shape: Shape; kind: string }) {
  return (
    <td className="waterfall-track" aria-hidden="true">
      <span className="waterfall-nought" style={{ left: share(shape.nought) }} />
      <span className="waterfall-threshold" style={{ left: share(shape.threshold) }} />
      {bar !== undefined && bar.width > 0 && (
        <span
          className={`waterfall-bar ${kind} ${bar.isFor ? 'for' : 'against'}`}
          style={{ left: share(bar.left), width: share(bar.width) }}
        />
      )}
    </td>
  );
}

interface RowProperties {
  label: string;
  said: string;
  step: Step;
  shape: Shape;
  kind?: 'field' | 'sum';
}

function Row({ label, said, step, shape, kind = 'field' }: RowProperties) {
  const { t } = useLocalization();
  const bits = useBits();
  return (
    <tr className={kind === 'sum' ? 'waterfall-sum' : undefined}>
      <th scope="row">{label}</th>
      <td className="soft">{said}</td>
      <Track bar={step.bar} shape={shape} kind={kind} />
      <td className="right">
        {step.bar ? bits(step.bits) : t('resolution.beside', { bits: bits(step.bits) })}
      </td>
    </tr>
  );
}

function Outlook({ evidence }: { evidence: Evidence }) {
  const { t, pick } = useLocalization();
  const bits = useBits();
  const named = evidence.fields.find((field) => field.attribute === evidence.contradiction);
  const list = (texts: Evidence['would_link']) => texts.map(pick).join(t('resolution.or'));
  const sentence = {
    contradicted: () =>
      t('resolution.outlook.contradicted', {
        label: named ? pick(named.label) : (evidence.contradiction ?? ''),
      }),
    guarded: () =>
      t('resolution.outlook.guarded', {
        guards: evidence.guards.map((guard) => pick(guard.text)).join(t('resolution.and')),
      }),
    enough: () => t('resolution.outlook.enough'),
    one_field: () =>
      t('resolution.outlook.one_field', {
        missing: bits(evidence.threshold_bits - evidence.bits).replace(/^\+/, ''),
        labels: list(evidence.would_link),
      }),
    not_alone: () =>
      t('resolution.outlook.not_alone', {
        missing: bits(evidence.threshold_bits - evidence.bits).replace(/^\+/, ''),
      }),
  }[outlookOf(evidence)]();
  return (
    <p className="waterfall-outlook" data-test="outlook">
      <b>{t('resolution.outlook')}</b> {sentence}
    </p>
  );
}

/// Where the sum is not enough, what keeps them apart as well is told beside it.
function Guards({ evidence }: { evidence: Evidence }) {
  const { t, pick } = useLocalization();
  if (evidence.guards.length === 0 || outlookOf(evidence) === 'guarded') return null;
  return (
    <>
      <p>{t('resolution.guards')}</p>
      <ul className="waterfall-guards">
        {evidence.guards.map((guard) => (
          <li key={guard.code}>{pick(guard.text)}</li>
        ))}
      </ul>
    </>
  );
}

export function Waterfall({ evidence }: { evidence: Evidence }) {
  const { t, pick } = useLocalization();
  const bits = useBits();
  const shape = waterfallOf(evidence);
  const chance = useChance()(evidence.chance);
  const said = (field: Evidence['fields'][number]) => {
    const text = pick(field.agreement_text);
    if (field.beside || field.bits_if_same - field.bits < 1) return text;
    return t('resolution.if_same', { said: text, bits: bits(field.bits_if_same) });
  };
  return (
    <figure className="waterfall" data-test="waterfall">
      <table>
        <caption>
          {t('resolution.waterfall_of', {
            bits: bits(evidence.bits),
            chance,
            threshold: bits(evidence.threshold_bits),
          })}
        </caption>
        <thead className="hidden">
          <tr>
            <th scope="col">{t('resolution.waterfall_field')}</th>
            <th scope="col">{t('resolution.agreement')}</th>
            <td />
            <th scope="col">{t('resolution.bits')}</th>
          </tr>
        </thead>
        <tbody>
          <Row
            label={t('resolution.prior')}
            said={t('resolution.prior_hint')}
            step={shape.prior}
            shape={shape}
            kind="sum"
          />
          {evidence.fields.map((field, index) => {
            const step = shape.fields[index];
            return (
              step && (
                <Row
                  key={field.attribute}
                  label={pick(field.label)}
                  said={said(field)}
                  step={step}
                  shape={shape}
                />
              )
            );
          })}
          <Row label={t('resolution.total')} said={chance} step={shape.total} shape={shape} kind="sum" />
        </tbody>
      </table>
      <figcaption>
        <span className="waterfall-key for" aria-hidden="true" /> {t('resolution.speaks_for')}{' '}
        <span className="waterfall-key against" aria-hidden="true" /> {t('resolution.speaks_against')}{' '}
        <span className="waterfall-key threshold" aria-hidden="true" /> {t('resolution.threshold')}
      </figcaption>
      <Outlook evidence={evidence} />
      <Guards evidence={evidence} />
    </figure>
  );
}
