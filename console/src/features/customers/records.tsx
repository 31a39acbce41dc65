/// The records behind the unified view, side by side: one column a record, one row an attribute.
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Skeleton, Table, type TableColumnsType, Tag } from 'antd';
import { useMemo, useState } from 'react';
import type { PartyRecord, RecordValue, Split } from '../../api/types';
import { useLocalization } from '../../i18n';
import { usePermission } from '../../shell/permission';
import { Failed, NothingHere } from '../../shell/states';
import { recordsQuery } from './queries';
import { RecordValueCell } from './record-value';
import { useSourceNames } from './source-names';
import { SplitBar } from './split-bar';
import { type SplitChoice, seriesOf, useSplitChoice } from './split-choice';
import { SplitDone } from './split-dialog';

interface Line {
  name: string;
  label: string;
  isUnknown: boolean;
  cells: Map<string, RecordValue[]>;
}

/// Values of the same attribute stand in one line; columns that no attribute claims come last.
export function linesOf(records: PartyRecord[], label: (value: RecordValue) => string): Line[] {
  const lines = new Map<string, Line>();
  for (const record of records) {
    for (const value of record.values) {
      const name = value.attribute ?? `column ${value.column}`;
      const line = lines.get(name) ?? {
        name,
        label: label(value),
        isUnknown: !value.attribute,
        cells: new Map(),
      };
      line.cells.set(record.id, [...(line.cells.get(record.id) ?? []), value]);
      lines.set(name, line);
    }
  }
  return [...lines.values()].sort((a, b) => Number(a.isUnknown) - Number(b.isUnknown));
}

/// The line above all others, in which records are chosen. (What stands in a heading stands in the table twice.)
const choosing = '#choosing';

function Mark({ record, choice }: { record: PartyRecord; choice: SplitChoice }) {
  const sourceName = useSourceNames();
  const { t } = useLocalization();
  if (!choice.canChoose(record)) return null;
  return (
    <Checkbox
      className={choice.active === record.series ? 'split-mark active' : 'split-mark'}
      checked={choice.chosen.has(record.series)}
      onChange={() => choice.toggle(record.series)}
      aria-label={t('customers.split_record', { source: sourceName(record.source) })}
      data-test="split-record"
    >
      {t('customers.split_off')}
    </Checkbox>
  );
}

function RecordHead({ record }: { record: PartyRecord }) {
  const sourceName = useSourceNames();
  const { t, pick, instant } = useLocalization();
  return (
    <div className="record-head">
      <div>
        <Tag color={record.retired_at ? undefined : 'blue'} title={record.source}>
          {sourceName(record.source)}
        </Tag>
        <span className="soft">{t('customers.version', { version: record.version })}</span>
        {record.retired_at && <Tag>{t('customers.retired')}</Tag>}
      </div>
      <div className="mono soft">{record.key ?? t('customers.without_key')}</div>
      <div className="soft">{instant(record.observed_at)}</div>
      <div className="soft" title={record.member_reason.code}>
        {pick(record.member_reason.text)}
      </div>
      {record.batch && (
        <div className="soft">
          {t('customers.batch_row', { batch: record.batch, row: record.row ?? '—' })}
        </div>
      )}
    </div>
  );
}

function useRecordColumns(
  number: string,
  records: PartyRecord[],
  choice: SplitChoice | undefined,
): TableColumnsType<Line> {
  const { t } = useLocalization();
  return useMemo(
    () => [
      {
        title: t('customers.attribute'),
        fixed: 'left',
        width: 150,
        render: (_, line) => (
          <span>
            {line.label} {line.isUnknown && <Tag>{t('customers.unknown')}</Tag>}
          </span>
        ),
      },
      ...records.map((record) => ({
        key: record.id,
        title: <RecordHead record={record} />,
        className: choice?.chosen.has(record.series) ? 'chosen-column' : undefined,
        width: 240,
        render: (_: unknown, line: Line) =>
          line.name === choosing && choice ? (
            <Mark record={record} choice={choice} />
          ) : (
            (line.cells.get(record.id) ?? []).map((value, index) => (
              <RecordValueCell
                key={`${value.column} ${index}`}
                number={number}
                record={record.id}
                value={value}
              />
            ))
          ),
      })),
    ],
    [t, number, records, choice],
  );
}

export function RecordsTable({ number, asOf }: { number: string; asOf?: string }) {
  const { t, pick } = useLocalization();
  const { data, error, refetch } = useQuery(recordsQuery(number, asOf));
  const records = useMemo(() => data?.items ?? [], [data]);
  const lines = useMemo(
    () => linesOf(records, (value) => pick(value.label) || value.column),
    [records, pick],
  );
  const mayDecide = usePermission('steward');
  const [split, setSplit] = useState<Split>();
  const choice = useSplitChoice(records, mayDecide && !asOf);
  const columns = useRecordColumns(number, records, choice);
  const choosingLine = {
    name: choosing,
    label: t('customers.split_choose'),
    isUnknown: false,
    cells: new Map(),
  };
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  if (records.length === 0) return <NothingHere title={t('customers.no_records')} />;
  return (
    <>
      {data.next && <p className="soft">{t('customers.first_records', { count: records.length })}</p>}
      {split && <SplitDone split={split} onClose={() => setSplit(undefined)} />}
      {choice && (
        <SplitBar number={number} choice={choice} all={seriesOf(records).length} onSplit={setSplit} />
      )}
      <Table<Line>
        size="small"
        bordered
        rowKey="name"
        columns={columns}
        dataSource={choice ? [choosingLine, ...lines] : lines}
        pagination={false}
        scroll={{ x: 150 + records.length * 240 }}
      />
    </>
  );
}
