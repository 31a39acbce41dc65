/// Why one person is not enough for a merge (危险合并).
import type { Reason } from '../../api/types';
import { useLocalization } from '../../i18n';

export function Dangers({ dangers }: { dangers: Reason[] }) {
  const { pick } = useLocalization();
  return (
    <ul className="dangers">
      {dangers.map((danger) => (
        <li key={danger.code}>{pick(danger.text)}</li>
      ))}
    </ul>
  );
}
