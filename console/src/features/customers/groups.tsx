/// The golden view: groups of values, and what no attribute claims.
import type { CustomerView, ViewValue } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { NothingHere } from '../../shell/states';
import { useLabels } from './labels';
import { ValueCell } from './value';
import { UnknownCell } from './value-unknown';

type UnknownValue = CustomerView['unknown_columns'][number];

interface GroupsProperties {
  view: CustomerView;
  /// Attributes that differ from today, while a past instant is shown.
  changed: Set<string>;
  asOf?: string;
}

function valueKey(value: ViewValue, index: number): string {
  return `${value.attribute} ${value.record} ${index}`;
}

function UnknownColumns({ view, asOf }: { view: CustomerView; asOf?: string }) {
  const { t } = useLocalization();
  if (view.unknown_columns.length === 0) return null;
  const byColumn = new Map<string, UnknownValue[]>();
  for (const cell of view.unknown_columns) {
    byColumn.set(cell.column, [...(byColumn.get(cell.column) ?? []), cell]);
  }
  return (
    <Panel
      title={t('customers.unknown_columns')}
      extra={<span className="soft">{t('customers.unknown_hint')}</span>}
    >
      <dl className="values">
        {[...byColumn].map(([column, cells]) => (
          <div className="value-row" key={column}>
            <dt title={column}>{column}</dt>
            {cells.map((cell) => (
              <dd key={cell.record}>
                <UnknownCell number={view.number} cell={cell} asOf={asOf} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Panel>
  );
}

export function ValueGroups({ view, changed, asOf }: GroupsProperties) {
  const { t, pick } = useLocalization();
  const labels = useLabels();
  const filled = view.groups.filter((group) => group.values.length > 0);
  if (filled.length === 0 && view.unknown_columns.length === 0) {
    return <NothingHere title={t('customers.no_values')} hint={t('customers.no_values_hint')} />;
  }
  return (
    <div className="panels">
      {filled.map((group) => (
        <Panel key={group.group} title={labels.group(group.group)}>
          <dl className="values">
            {group.values.map((value, index) => (
              <div
                className={changed.has(value.attribute) ? 'value-row changed' : 'value-row'}
                key={valueKey(value, index)}
              >
                <dt className="label">{pick(value.label)}</dt>
                <dd>
                  <ValueCell number={view.number} value={value} asOf={asOf} />
                  {changed.has(value.attribute) && (
                    <span className="changed-mark">{t('customers.differs')}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </Panel>
      ))}
      <UnknownColumns view={view} asOf={asOf} />
    </div>
  );
}
