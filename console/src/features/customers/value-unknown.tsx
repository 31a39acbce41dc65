/// A value of a column that no attribute claims: kept as given, sealed, shown masked.
import { useState } from 'react';
import type { CustomerView } from '../../api/types';
import { Disclose } from './disclose';

interface UnknownCellProperties {
  number: string;
  cell: CustomerView['unknown_columns'][number];
  asOf?: string;
}

export function UnknownCell({ number, cell }: UnknownCellProperties) {
  const [disclosed, setDisclosed] = useState<string>();
  return (
    <>
      <span className="value">{disclosed ?? (cell.value || '—')}</span>
      <span className="soft">{cell.source}</span>
      <Disclose
        number={number}
        what={{ record: cell.record, column: cell.column }}
        label={cell.column}
        shown={disclosed !== undefined}
        onShown={setDisclosed}
      />
    </>
  );
}
