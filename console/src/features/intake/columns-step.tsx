/// Second step: what the file is, where it comes from, what its columns mean.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Descriptions, Input, Select, Skeleton } from 'antd';
import { detailOf } from '../../api/problem';
import type { Mapping, Preview } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { ProblemAlert } from '../../shell/reason';
import { Failed } from '../../shell/states';
import { useLabels } from '../customers/labels';
import { ColumnTable } from './column-table';
import { contested, type Draft, mappingOf, savedMapping, useDraft } from './draft';
import { mappingsQuery, previewQuery, startBatch } from './queries';
import { SourcePicker } from './source-picker';

interface ColumnsStepProperties {
  upload: string;
  source: string | undefined;
  onSource: (code: string) => void;
  onTrial: (batch: string) => void;
  onOtherFile: () => void;
}

function FileFacts({ preview }: { preview: Preview }) {
  const { t, number } = useLocalization();
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, lg: 4 }}
      items={[
        { key: 'format', label: t('intake.format'), children: preview.format },
        { key: 'encoding', label: t('intake.encoding'), children: preview.encoding ?? '—' },
        {
          key: 'delimiter',
          label: t('intake.delimiter'),
          children: preview.delimiter ? <code>{preview.delimiter}</code> : '—',
        },
        {
          key: 'rows',
          label: t('intake.rows'),
          children: preview.rows == null ? t('intake.rows_unknown') : number(preview.rows),
        },
      ]}
    />
  );
}

interface ChoicesProperties {
  preview: Preview;
  mappings: Mapping[];
  saved: Mapping | undefined;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

function FileChoices({ preview, mappings, saved, draft, onChange }: ChoicesProperties) {
  const { t } = useLocalization();
  return (
    <div className="toolbar">
      {preview.sheets.length > 1 && (
        <Select
          aria-label={t('intake.sheet')}
          value={draft.sheet ?? preview.sheet ?? undefined}
          options={preview.sheets.map((sheet) => ({
            value: sheet,
            label: t('intake.sheet_named', { sheet }),
          }))}
          popupMatchSelectWidth={false}
          onChange={(sheet) => onChange({ sheet, chosen: {}, keyColumn: undefined })}
        />
      )}
      {mappings.length > 0 && (
        <Select
          allowClear
          aria-label={t('intake.saved_mapping')}
          placeholder={t('intake.saved_mapping')}
          value={saved?.name}
          options={mappings.map((mapping) => ({ value: mapping.name, label: mapping.name }))}
          popupMatchSelectWidth={false}
          onChange={(mappingName?: string) => {
            const mapping = mappings.find((known) => known.name === mappingName);
            onChange({
              mappingName,
              chosen: {},
              keyColumn: undefined,
              header: mapping?.header ?? draft.header,
            });
          }}
        />
      )}
      <Checkbox
        checked={draft.header === 'first_row'}
        onChange={(event) =>
          onChange({ header: event.target.checked ? 'first_row' : 'none', chosen: {}, keyColumn: undefined })
        }
      >
        {t('intake.first_row_header')}
      </Checkbox>
      <Input
        className="save-mapping"
        value={draft.saveAs}
        maxLength={60}
        placeholder={t('intake.save_mapping_as')}
        aria-label={t('intake.save_mapping_as')}
        onChange={(event) => onChange({ saveAs: event.target.value })}
      />
    </div>
  );
}

function useTrial(
  { upload, source, onTrial }: ColumnsStepProperties,
  draft: Draft,
  saved: Mapping | undefined,
) {
  return useMutation({
    mutationFn: (preview: Preview) =>
      startBatch({
        upload,
        source: source ?? '',
        mapping: mappingOf(preview, draft, saved),
        mapping_name: null,
        save_mapping_as: null,
        sheet: draft.sheet ?? preview.sheet ?? null,
        dry_run: true,
      }),
    onSuccess: (batch) => onTrial(batch.id),
  });
}

function Contested({ attributes }: { attributes: string[] }) {
  const { t } = useLocalization();
  const labels = useLabels();
  if (attributes.length === 0) return null;
  const names = attributes.map((attribute) => labels.attribute(attribute)).join(', ');
  return <Alert type="warning" showIcon title={t('intake.contested', { names })} />;
}

function Unreadable({ problem }: { problem: Preview['problem'] }) {
  const { pick, language } = useLocalization();
  if (!problem) return null;
  return (
    <Alert
      type="error"
      showIcon
      title={pick(problem.title)}
      description={
        <>
          {detailOf(problem, language)} <code>{problem.code}</code>
        </>
      }
    />
  );
}

export function ColumnsStep(properties: ColumnsStepProperties) {
  const { upload, source, onSource, onOtherFile } = properties;
  const { t } = useLocalization();
  const labels = useLabels();
  const [draft, changeDraft] = useDraft(upload);
  const request = { source, mapping: draft.mappingName, sheet: draft.sheet, header: draft.header };
  const { data: preview, error, refetch } = useQuery(previewQuery(upload, request));
  const { data: mappings } = useQuery(mappingsQuery(source));
  const saved = savedMapping(preview, draft, mappings?.items ?? []);
  const trial = useTrial(properties, draft, saved);
  if (error) {
    return (
      <>
        <Failed error={error} retry={() => void refetch()} />
        <Button onClick={onOtherFile}>{t('intake.other_file')}</Button>
      </>
    );
  }
  if (!preview) return <Skeleton active paragraph={{ rows: 10 }} />;
  const multiple = new Set(labels.attributes.filter((known) => known.multiple).map((known) => known.name));
  const clash = contested(mappingOf(preview, draft, saved), (attribute) => multiple.has(attribute));
  return (
    <>
      <Panel title={t('intake.file')} extra={<Button onClick={onOtherFile}>{t('intake.other_file')}</Button>}>
        <FileFacts preview={preview} />
      </Panel>
      <Unreadable problem={preview.problem} />
      <Panel title={t('intake.source')}>
        <SourcePicker value={source} onChange={onSource} />
      </Panel>
      <Panel title={t('intake.columns')}>
        <FileChoices
          preview={preview}
          mappings={mappings?.items ?? []}
          saved={saved}
          draft={draft}
          onChange={changeDraft}
        />
        <Contested attributes={clash} />
        <ColumnTable preview={preview} saved={saved} draft={draft} onChange={changeDraft} />
      </Panel>
      <ProblemAlert error={trial.error} />
      <div className="wizard-actions">
        {source === undefined && <span className="soft">{t('intake.source_needed')}</span>}
        <Button
          type="primary"
          data-test="start-trial"
          loading={trial.isPending}
          disabled={source === undefined || preview.columns.length === 0}
          onClick={() => trial.mutate(preview)}
        >
          {t('intake.start_trial')}
        </Button>
      </div>
    </>
  );
}
