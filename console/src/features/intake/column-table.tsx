/// The columns of a file with samples, what they were taken for and how surely; the person has the last word.
import { Progress, Radio, Select, Table, type TableColumnsType } from 'antd';
import type { Mapping, Preview } from '../../api/types';
import { useLocalization } from '../../i18n';
import { asGiven, useAttributeOptions } from './attribute-options';
import { type Draft, keyColumnOf } from './draft';

type PreviewColumn = Preview['columns'][number];

const tallTable = 60;

interface ColumnTableProperties {
  preview: Preview;
  /// The saved mapping that the choices start from.
  saved: Mapping | undefined;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

function Confidence({ column, isChosen }: { column: PreviewColumn; isChosen: boolean }) {
  const { t, share } = useLocalization();
  if (isChosen) return <span>{t('intake.by_you')}</span>;
  if (!column.attribute) return <span className="soft">—</span>;
  return (
    <Progress
      size="small"
      percent={Math.round(column.confidence * 100)}
      format={() => share(column.confidence)}
      status="normal"
      aria-label={t('intake.confidence')}
    />
  );
}

function useTableColumns({
  preview,
  saved,
  draft,
  onChange,
}: ColumnTableProperties): TableColumnsType<PreviewColumn> {
  const { t } = useLocalization();
  const options = useAttributeOptions();
  const keyColumn = keyColumnOf(draft, saved);
  return [
    { title: t('intake.column'), width: 170, render: (_, { column }) => <b>{column}</b> },
    {
      title: t('intake.samples'),
      width: 320,
      ellipsis: true,
      render: (_, { samples }) => (
        <span className="samples">{samples.filter(Boolean).slice(0, 3).join(' ┊ ')}</span>
      ),
    },
    {
      title: t('intake.means'),
      width: 220,
      render: (_, { column, attribute }) => (
        <Select
          className="wide"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('intake.meaning_of', { column })}
          value={(column in draft.chosen ? draft.chosen[column] : attribute) ?? asGiven}
          options={options}
          onChange={(value) =>
            onChange({ chosen: { ...draft.chosen, [column]: value === asGiven ? null : value } })
          }
        />
      ),
    },
    {
      title: t('intake.confidence'),
      width: 130,
      render: (_, column) => <Confidence column={column} isChosen={column.column in draft.chosen} />,
    },
    {
      title: t('intake.key_column'),
      width: 170,
      render: (_, { column }) => (
        <>
          <Radio
            checked={keyColumn === column}
            aria-label={t('intake.key_is', { column })}
            onClick={() => onChange({ keyColumn: keyColumn === column ? null : column })}
          />
          {!keyColumn && preview.key_column === column && (
            <span className="soft">{t('intake.key_seems')}</span>
          )}
        </>
      ),
    },
  ];
}

export function ColumnTable(properties: ColumnTableProperties) {
  const { preview } = properties;
  const { t } = useLocalization();
  const columns = useTableColumns(properties);
  const isTall = preview.columns.length > tallTable;
  return (
    <>
      <p className="soft">{t('intake.columns_hint')}</p>
      <Table<PreviewColumn>
        size="small"
        rowKey="column"
        pagination={false}
        virtual={isTall}
        scroll={{ x: 1010, y: isTall ? 480 : undefined }}
        dataSource={preview.columns}
        columns={columns}
      />
    </>
  );
}
