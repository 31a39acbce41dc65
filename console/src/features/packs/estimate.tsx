/// That the end of a clock is an estimate: it lies after the last day whose holidays are announced.
import { useLocalization } from '../../i18n';

export function Estimate({ after }: { after: string | null | undefined }) {
  const { t } = useLocalization();
  if (!after) return null;
  return (
    <span className="doubtful" title={t('packs.estimate_hint', { day: after })} data-test="estimate">
      {t('packs.estimate')}
    </span>
  );
}
