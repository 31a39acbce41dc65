/// A customer in the drawer beside the list: the golden values, without leaving the list.
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { CustomerRow } from '../../api/types';
import { Failed } from '../../shell/states';
import { CustomerChips } from './chips';
import { ValueGroups } from './groups';
import { customerQuery } from './queries';

export function CustomerPeek({ row }: { row: CustomerRow }) {
  const { data, error, refetch } = useQuery(customerQuery(row.number, undefined));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return (
    <div className="peek">
      <div className="mono soft">{data.number}</div>
      <CustomerChips view={data} />
      <ValueGroups view={data} changed={new Set()} />
    </div>
  );
}
