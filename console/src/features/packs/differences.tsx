/// What an edition says otherwise than the one that it began with.
import { useQuery } from '@tanstack/react-query';
import { Skeleton, Tag } from 'antd';
import type { PackDifference, PackEditionDetail } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Failed, NothingHere } from '../../shell/states';
import { useWords } from './form/words';
import { differencesQuery } from './queries';

const colours: Record<string, string> = { added: 'success', removed: 'error', changed: 'warning' };

interface DifferenceProperties {
  difference: PackDifference;
  pack: string;
  onOpen: (id: string) => void;
}

function Difference({ difference, pack, onOpen }: DifferenceProperties) {
  const { word } = useLocalization();
  const words = useWords();
  const { kind, change, values } = difference;
  const id = difference.id || pack;
  const head = (
    <>
      <td>
        <Tag color={colours[change]}>{word(`packs.change.${change}`, change)}</Tag>
      </td>
      <td>{words.kind(kind)}</td>
      <td>
        {change === 'removed' || kind === 'file' ? (
          <code>{id}</code>
        ) : (
          <button type="button" className="link" onClick={() => onOpen(id)}>
            {id}
          </button>
        )}
      </td>
    </>
  );
  if (values.length === 0) {
    return (
      <tr>
        {head}
        <td colSpan={3} />
      </tr>
    );
  }
  return values.map(({ path, before, after }, place) => (
    <tr key={path}>
      {place === 0 ? head : <td colSpan={3} />}
      <td>
        <span title={path}>{path.split('.').map(words.field).join(' \u203a ')}</span>
      </td>
      <td className="before">{before == null ? '—' : <code>{before}</code>}</td>
      <td className="after">{after == null ? '—' : <code>{after}</code>}</td>
    </tr>
  ));
}

interface DifferencesProperties {
  edition: PackEditionDetail;
  onOpen: (id: string) => void;
}

export function Differences({ edition, onOpen }: DifferencesProperties) {
  const { t } = useLocalization();
  const { data, error, refetch } = useQuery(differencesQuery(edition.id, edition.revision));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  if (data.items.length === 0) {
    return <NothingHere title={t('packs.no_differences')} hint={t('packs.no_differences_hint')} />;
  }
  return (
    <div className="panel rows-scroll">
      <table className="differences" data-test="differences">
        <thead>
          <tr>
            {(['change', 'kind_of_rule', 'rule', 'value', 'before', 'after'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`packs.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.map((difference) => (
            <Difference
              key={`${difference.kind} ${difference.id}`}
              difference={difference}
              pack={edition.pack}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
