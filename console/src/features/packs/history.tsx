/// Who did what with an edition, when and why: from the audit log for those who may read it, else from the edition itself.
import { useQuery } from '@tanstack/react-query';
import { Skeleton, Timeline } from 'antd';
import type { PackEditionDetail } from '../../api/types';
import { useLocalization } from '../../i18n';
import { usePermission } from '../../shell/permission';
import { Failed } from '../../shell/states';
import { useAuditWords } from '../audit/words';
import { historyOf } from './queries';

interface Happening {
  key: string;
  at: string;
  by: string;
  what: string;
  why?: string | null;
}

function Happenings({ list }: { list: Happening[] }) {
  const { instant } = useLocalization();
  return (
    <div data-test="history">
      <Timeline
        items={list.map(({ key, at, by, what, why }) => ({
          key,
          content: (
            <>
              <b>{what}</b> <span>{by}</span> <span className="soft">{instant(at)}</span>
              {why && <div>{why}</div>}
            </>
          ),
        }))}
      />
    </div>
  );
}

/// What an edition tells of itself.
function Told({ edition }: { edition: PackEditionDetail }) {
  const { t } = useLocalization();
  const words = useAuditWords();
  const named = (action: string) => words.action(`pack_edition.${action}`);
  const { state } = edition;
  const decided = state === 'draft' ? 'returned' : state === 'discarded' ? 'discarded' : 'approved';
  const told: (Happening | undefined)[] = [
    { key: 'created', at: edition.created_at, by: edition.created_by, what: named('drafted') },
    edition.changed_at === edition.created_at
      ? undefined
      : { key: 'changed', at: edition.changed_at, by: edition.changed_by, what: named('changed') },
    edition.proposed_at
      ? {
          key: 'proposed',
          at: edition.proposed_at,
          by: edition.proposed_by ?? '',
          what: named('proposed'),
          why: edition.proposal,
        }
      : undefined,
    edition.decided_at
      ? {
          key: 'decided',
          at: edition.decided_at,
          by: edition.decided_by ?? '',
          what: named(decided),
          why: edition.decision,
        }
      : undefined,
  ];
  return (
    <>
      <p className="soft">{t('packs.history_in_short')}</p>
      <Happenings list={told.filter((one) => one !== undefined)} />
    </>
  );
}

function Logged({ edition }: { edition: PackEditionDetail }) {
  const words = useAuditWords();
  const { data, error, refetch } = useQuery(historyOf(edition.id));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  if (data.items.length === 0) return <Told edition={edition} />;
  const list = data.items.map((entry, place) => {
    const details = words.details(entry.detail);
    const why = details.find(({ name }) => name === 'reason')?.text;
    return { key: String(place), at: entry.at, by: entry.actor, what: words.action(entry.action), why };
  });
  return <Happenings list={list} />;
}

export function History({ edition }: { edition: PackEditionDetail }) {
  const mayRead = usePermission('audit');
  return mayRead ? <Logged edition={edition} /> : <Told edition={edition} />;
}
