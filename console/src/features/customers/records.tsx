/// The records behind the unified view, side by side: one column a record, one row an attribute.
import { useQuery } from '@tanstack/react-query';
import { Skeleton, Table, type TableColumnsType, Tag } from 'antd';
import { useMemo } from 'react';
import type { PartyRecord, RecordValue } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Failed, NothingHere } from '../../shell/states';
import { recordsQuery } from './queries';
import { RecordValueCell } from './record-value';
import { useSourceNames } from './source-names';

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

function useRecordColumns(number: string, records: PartyRecord[]): TableColumnsType<Line> {
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
        width: 240,
        render: (_: unknown, line: Line) =>
          (line.cells.get(record.id) ?? []).map((value, index) => (
            <RecordValueCell
              key={`${value.column} ${index}`}
              number={number}
              record={record.id}
              value={value}
            />
          )),
      })),
    ],
    [t, number, records],
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
  const columns = useRecordColumns(number, records);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  if (records.length === 0) return <NothingHere title={t('customers.no_records')} />;
  return (
    <>
      {data.next && <p className="soft">{t('customers.first_records', { count: records.length })}</p>}
      <Table<Line>
        size="small"
        bordered
        rowKey="name"
        columns={columns}
        dataSource={lines}
        pagination={false}
        scroll={{ x: 150 + records.length * 240 }}
      />
    </>
  );
}
