/// A list of tables as a table: rows are added at the end, moved, taken out; what a row holds in itself opens below it.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Pagination } from 'antd';
import { memo, useRef, useState } from 'react';
import { useLocalization } from '../../../i18n';
import {
  isTable,
  type Json,
  movedAt,
  replacedAt,
  rowsOf,
  type Table,
  textOf,
  withoutAt,
  withValue,
} from '../json';
import { type Field, type Rows, typeOf } from '../kinds/shapes';
import { sumOf } from './bounds';
import { FieldView } from './field';
import { GivenEditor } from './given';
import { RowActions } from './row-actions';
import { looksTheSame, type RowLook } from './same-row';
import { Picture } from './segments';
import { useSurroundings } from './surroundings';
import { useWords } from './words';

const rowsAPage = 20;

interface RowsProperties {
  rows: Rows;
  value: Json | undefined;
  /// The rule as a whole, of which choices may be taken.
  rule: Table;
  onChange: (value: Json[]) => void;
}

interface RowProperties extends RowLook {
  onToggle: () => void;
  onRow: (row: Table) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/// What stands in a row and is too much for a cell.
function Inside({ rows, row, rule, onRow }: Pick<RowProperties, 'rows' | 'row' | 'rule' | 'onRow'>) {
  const words = useWords();
  const { isReadOnly } = useSurroundings();
  const given = isReadOnly ? undefined : rows.fields.find((field) => typeOf(field, rule) === 'given');
  const { nested } = rows;
  const fields = rows.fields.filter(({ isInside }) => isInside);
  return (
    <>
      {fields.length > 0 && (
        <div className="inside-fields">
          {fields.map((field) => (
            <div key={field.name} className={`field-${typeOf(field, rule)}`}>
              <div className="soft">{words.field(field.word ?? field.name)}</div>
              <FieldView
                field={field}
                rule={rule}
                compact
                value={row[field.name]}
                label={words.field(field.word ?? field.name)}
                onChange={(value) => onRow(withValue(row, field.name, value))}
              />
            </div>
          ))}
        </div>
      )}
      {given && (
        <GivenEditor
          value={row[given.name]}
          label={words.field(given.name)}
          onChange={(value) => onRow(withValue(row, given.name, value))}
        />
      )}
      {nested && (
        <RowsEditor
          rows={nested}
          value={row[nested.name]}
          rule={rule}
          onChange={(value) => onRow(withValue(row, nested.name, value))}
        />
      )}
    </>
  );
}

function hasInside(rows: Rows, rule: Table, isReadOnly: boolean): boolean {
  const isThere = (field: Field) => field.isInside || (!isReadOnly && typeOf(field, rule) === 'given');
  return rows.nested !== undefined || rows.fields.some(isThere);
}

function columnsOf(rows: Rows): Field[] {
  return rows.fields.filter(({ isInside }) => !isInside);
}

const Row = memo(function Row(properties: RowProperties) {
  const { rows, row, rule, isOpen, place, onRow, onToggle } = properties;
  const { t } = useLocalization();
  const { isReadOnly } = useSurroundings();
  const words = useWords();
  const opens = hasInside(rows, rule, isReadOnly);
  const name = words.labelOf(row.label) || textOf(row.id) || t('packs.row_number', { number: place + 1 });
  return (
    <>
      <tr data-test={`row-${rows.name}-${textOf(row.id) || place}`}>
        {columnsOf(rows).map((field) => (
          <td key={field.name} className={`cell-${typeOf(field, rule)}`}>
            <FieldView
              field={field}
              rule={rule}
              compact
              value={row[field.name]}
              label={`${name} ${words.field(field.word ?? field.name)}`}
              onChange={(value) => onRow(withValue(row, field.name, value))}
            />
          </td>
        ))}
        {(opens || !isReadOnly) && (
          <td className="cell-actions">
            <RowActions
              {...properties}
              name={name}
              opening={opens ? { isOpen, onToggle } : undefined}
              isReadOnly={isReadOnly}
            />
          </td>
        )}
      </tr>
      {isOpen && (
        <tr className="inside">
          <td colSpan={columnsOf(rows).length + 1}>
            <Inside rows={rows} row={row} rule={rule} onRow={onRow} />
          </td>
        </tr>
      )}
    </>
  );
}, looksTheSame);

/// The name of a group with what its rows weigh together.
function GroupHead({ rows, all, name }: { rows: Rows; all: Table[]; name: string }) {
  const { t } = useLocalization();
  const words = useWords();
  const members = all.filter((row) => textOf(row[rows.group ?? '']) === name);
  return (
    <tr className="group">
      <th colSpan={columnsOf(rows).length + 1} scope="colgroup">
        {words.choice({ value: name })}{' '}
        {rows.sum && <span className="soft">{t('packs.group_sum', { sum: sumOf(members, rows.sum) })}</span>}
      </th>
    </tr>
  );
}

function Sum({ rows, all }: { rows: Rows; all: Table[] }) {
  const { t } = useLocalization();
  const sum = sumOf(all, rows.sum ?? '');
  const isWhole = sum === 100;
  return (
    <div className={isWhole ? 'rows-sum good' : 'rows-sum bad'} role="status" data-test={`sum-${rows.name}`}>
      {t(isWhole ? 'packs.sum_whole' : 'packs.sum_not_whole', { sum })}
    </div>
  );
}

export function RowsEditor({ rows, value, rule, onChange }: RowsProperties) {
  const { t, number } = useLocalization();
  const { isReadOnly } = useSurroundings();
  const words = useWords();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [page, setPage] = useState(1);
  const all = rowsOf(value);
  const first = (Math.min(page, Math.max(1, Math.ceil(all.length / rowsAPage))) - 1) * rowsAPage;
  const shown = all.slice(first, first + rowsAPage);
  const title = words.field(rows.word ?? rows.name);
  const hasActions = !isReadOnly || hasInside(rows, rule, isReadOnly);

  // A row that looks as before keeps the functions that it was given then; they act on how things are now.
  const now = useRef({ all, onChange });
  now.current = { all, onChange };

  function toggle(place: number): void {
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(place)) next.add(place);
      return next;
    });
  }
  function change(list: Table[]): void {
    // What is open is known by its place, which may be another one now.
    if (list.length !== now.current.all.length) setOpened(new Set());
    now.current.onChange(list);
  }
  function add(): void {
    const list = [...all, rows.fresh(all)];
    change(list);
    setPage(Math.ceil(list.length / rowsAPage));
    if (hasInside(rows, rule, isReadOnly)) setOpened(new Set([list.length - 1]));
  }
  return (
    <section className="rows" aria-label={title} data-test={`rows-${rows.name}`}>
      <header className="rows-head">
        <h4>
          {title} <span className="soft">{number(all.length)}</span>
        </h4>
        {rows.sum && <Sum rows={rows} all={all} />}
      </header>
      {rows.picture && <Picture kind={rows.picture} rows={all} rule={rule} />}
      {all.length > 0 && (
        <div className="rows-scroll" role="region" aria-label={title} tabIndex={isReadOnly ? 0 : undefined}>
          <table>
            <thead>
              <tr>
                {columnsOf(rows).map((field) => (
                  <th key={field.name} scope="col">
                    {words.field(field.word ?? field.name)}
                  </th>
                ))}
                {hasActions && (
                  <th scope="col">
                    <span className="hidden">{t('shell.actions')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {shown.map((row, index) => {
                const place = first + index;
                const group = rows.group && textOf(row[rows.group]);
                const before = rows.group && textOf(all[place - 1]?.[rows.group]);
                return [
                  group !== undefined && (index === 0 || group !== before) && (
                    <GroupHead key={`group ${place}`} rows={rows} all={all} name={group} />
                  ),
                  <Row
                    key={place}
                    rows={rows}
                    row={row}
                    rule={rule}
                    place={place}
                    count={all.length}
                    isOpen={opened.has(place)}
                    onToggle={() => toggle(place)}
                    onRow={(changed) => change(replacedAt(now.current.all, place, changed))}
                    onMove={(by) => change(movedAt(now.current.all, place, by))}
                    onRemove={() => change(withoutAt(now.current.all, place))}
                  />,
                ];
              })}
            </tbody>
          </table>
        </div>
      )}
      <footer className="rows-foot">
        {!isReadOnly && (
          <Button size="small" icon={<PlusOutlined />} onClick={add} data-test={`add-${rows.name}`}>
            {t('packs.add_row', { what: title })}
          </Button>
        )}
        <Pagination
          size="small"
          hideOnSinglePage
          current={first / rowsAPage + 1}
          pageSize={rowsAPage}
          total={all.length}
          showSizeChanger={false}
          onChange={setPage}
        />
      </footer>
    </section>
  );
}

/// Rows that are no tables cannot be shown as rows.
export function isRows(value: Json | undefined): boolean {
  return value === undefined || (Array.isArray(value) && value.every(isTable));
}
