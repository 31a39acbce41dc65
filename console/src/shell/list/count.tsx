/// How many rows a list has: exact up to a limit, then "10,000+".
import { useLocalization } from '../../i18n';
import type { Snapshot } from './window';

export function ListCount({ snapshot }: { snapshot: Snapshot }) {
  const { t, number } = useLocalization();
  if (!snapshot.count) return <span className="soft">…</span>;
  const total = `${number(snapshot.count.value)}${snapshot.count.exact ? '' : '+'}`;
  return (
    <span className="soft" aria-live="polite" data-test="count">
      {t('shell.rows', { total })}
    </span>
  );
}
