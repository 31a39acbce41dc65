/// Which columns the list shows.
import { TableOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useLocalization } from '../../i18n';
import type { Column } from '../../shell/list/grid';
import { fixedColumns } from './columns';

interface ColumnChooserProperties<Item> {
  columns: Column<Item>[];
  /// The names of the columns that are shown; none shows all.
  shown: string[] | undefined;
  onChange: (shown: string[] | undefined) => void;
}

export function shownColumns<Item>(columns: Column<Item>[], shown: string[] | undefined): Column<Item>[] {
  if (!shown) return columns;
  return columns.filter(({ name }) => fixedColumns.includes(name) || shown.includes(name));
}

export function ColumnChooser<Item>({ columns, shown, onChange }: ColumnChooserProperties<Item>) {
  const { t } = useLocalization();
  const visible = shownColumns(columns, shown).map(({ name }) => name);
  function toggle(name: string): void {
    const next = visible.includes(name) ? visible.filter((known) => known !== name) : [...visible, name];
    onChange(columns.map((column) => column.name).filter((known) => next.includes(known)));
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="column-choices">
          {columns.map(({ name, title }) => (
            <Checkbox
              key={name}
              checked={visible.includes(name)}
              disabled={fixedColumns.includes(name)}
              data-test={`column-${name}`}
              onChange={() => toggle(name)}
            >
              {title}
            </Checkbox>
          ))}
          <Button size="small" disabled={!shown} onClick={() => onChange(undefined)}>
            {t('customers.all_columns')}
          </Button>
        </div>
      }
    >
      <Button icon={<TableOutlined />} data-test="columns">
        {t('customers.columns')}
      </Button>
    </Popover>
  );
}
