/// The model card (模型说明卡): what the model in force compares, what each agreement says, and how the book looked under it.
import { DownloadOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Descriptions, Segmented } from 'antd';
import { saveFile } from '../../api/transfer';
import type { LinkageFamily, LinkageModel } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Page, Panel } from '../../shell/page';
import { ProblemAlert } from '../../shell/reason';
import { Failed, Guarded, NothingHere, PageLoading } from '../../shell/states';
import { useBits } from './bits';
import { families, modelFile, modelQuery } from './queries';
import { Sizes } from './sizes';
import { ThresholdCurve } from './threshold-curve';
import { Weights } from './weights';

function Facts({ model }: { model: LinkageModel }) {
  const { t, number, instant } = useLocalization();
  const bits = useBits();
  const origin = model.in_force_since
    ? t('linkage.put_in_force', { actor: model.actor ?? '', reason: model.reason ?? '' })
    : t('linkage.shipped');
  return (
    <Panel title={t('linkage.facts')}>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2, xl: 3 }}
        items={[
          { key: 'id', label: t('linkage.model_id'), children: model.id },
          {
            key: 'since',
            label: t('linkage.in_force_since'),
            children: model.in_force_since ? `${instant(model.in_force_since)} · ${origin}` : origin,
          },
          { key: 'learnt', label: t('linkage.learnt_records'), children: number(model.learnt_records) },
          { key: 'seed', label: t('linkage.seed'), children: model.seed },
          { key: 'prior', label: t('linkage.prior'), children: bits(model.prior_bits) },
          { key: 'threshold', label: t('linkage.link_from'), children: bits(model.threshold_bits) },
          { key: 'review', label: t('linkage.review_from'), children: bits(model.review_bits) },
          { key: 'a_key', label: t('linkage.records_a_key'), children: number(model.records_a_key) },
          { key: 'a_record', label: t('linkage.keys_a_record'), children: number(model.keys_a_record) },
          { key: 'a_party', label: t('linkage.records_a_party'), children: number(model.records_a_party) },
        ]}
      />
    </Panel>
  );
}

function InWords({ model }: { model: LinkageModel }) {
  const { t, pick } = useLocalization();
  return (
    <div className="charts">
      <Panel title={t('linkage.guards')}>
        <ul className="in-words" data-test="guards">
          {model.guards.map((guard) => (
            <li key={guard.code}>{pick(guard.text)}</li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('linkage.rules')}>
        <p className="soft">{t('linkage.rules_hint')}</p>
        <ul className="in-words">
          {model.rules.map((rule) => {
            const said = rule.parts.map(pick).join(t('linkage.and'));
            return <li key={said}>{said}</li>;
          })}
        </ul>
      </Panel>
    </div>
  );
}

function BookOf({ model }: { model: LinkageModel }) {
  const { t, number, instant, share } = useLocalization();
  const { book } = model;
  if (!book) {
    return (
      <Panel title={t('linkage.book')}>
        <NothingHere
          title={t('linkage.no_figures')}
          hint={t('linkage.no_figures_hint')}
          action={<Link to="/linkage/runs">{t('shell.area_linkage_runs')}</Link>}
        />
      </Panel>
    );
  }
  const part = book.records > 0 ? book.unlinkable / book.records : 0;
  return (
    <>
      <Panel
        title={t('linkage.book')}
        extra={
          <Link to="/linkage/runs/$id" params={{ id: book.run }}>
            {t('linkage.as_of_run', { at: instant(book.at) })}
          </Link>
        }
      >
        <Descriptions
          size="small"
          column={{ xs: 1, md: 3 }}
          items={[
            { key: 'records', label: t('linkage.figure.records'), children: number(book.records) },
            { key: 'customers', label: t('linkage.customers'), children: number(book.customers) },
            {
              key: 'unlinkable',
              label: t('linkage.figure.unlinkable'),
              children: `${number(book.unlinkable)}（${share(part)}）`,
            },
          ]}
        />
        <p className="soft">{t('linkage.unlinkable_hint')}</p>
      </Panel>
      <div className="charts">
        <ThresholdCurve points={book.curve} threshold={model.threshold_bits} review={model.review_bits} />
        <Sizes now={book.sizes} />
      </div>
    </>
  );
}

function Download({ family }: { family: LinkageFamily }) {
  const { t } = useLocalization();
  const saving = useMutation({ mutationFn: () => saveFile(modelFile(family), `linkage-${family}.toml`) });
  return (
    <>
      <ProblemAlert error={saving.error} />
      <Button
        icon={<DownloadOutlined />}
        loading={saving.isPending}
        onClick={() => saving.mutate()}
        data-test="download-model"
      >
        {t('linkage.download')}
      </Button>
    </>
  );
}

function Card({ family }: { family: LinkageFamily }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const { data: model, error, refetch } = useQuery(modelQuery(family));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!model) return <PageLoading />;
  return (
    <Page
      title={t('shell.area_linkage_model')}
      lead={t('linkage.model_lead')}
      actions={
        <>
          <Segmented
            value={family}
            aria-label={t('linkage.family')}
            onChange={(chosen) => void navigate({ to: '/linkage/model', search: { family: chosen } })}
            options={families.map((one) => ({ value: one, label: t(`linkage.family.${one}`) }))}
          />
          <Download family={family} />
        </>
      }
    >
      <Facts model={model} />
      <BookOf model={model} />
      <Panel title={t('linkage.weights')}>
        <p className="soft">{t('linkage.weights_hint')}</p>
        <Weights fields={model.fields} />
      </Panel>
      <InWords model={model} />
    </Page>
  );
}

export function LinkageModelPage() {
  const { family } = useSearch({ from: '/frame/linkage/model' });
  return (
    <Guarded permission="read_customers">
      <Card family={family ?? 'person'} />
    </Guarded>
  );
}
