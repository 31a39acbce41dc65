/// Where an edition stands, as words with colours that are not needed to read them.
import { Tag } from 'antd';
import type { PackEdition } from '../../api/types';
import { useLocalization } from '../../i18n';

const colours: Record<PackEdition['state'], string> = {
  draft: 'processing',
  proposed: 'warning',
  approved: 'success',
  available: 'default',
  discarded: 'default',
};

export function EditionState({ edition }: { edition: PackEdition }) {
  const { t } = useLocalization();
  return (
    <span className="chips edition-state">
      <Tag color={colours[edition.state]}>{t(`packs.state.${edition.state}`)}</Tag>
      {edition.in_force && (
        <Tag color="success" data-test="in-force">
          {t('packs.in_force')}
        </Tag>
      )}
    </span>
  );
}

export function Validity({ edition }: { edition: PackEdition }) {
  const { t, day } = useLocalization();
  return edition.effective_to
    ? t('packs.from_until', { from: day(edition.effective_from), until: day(edition.effective_to) })
    : t('packs.from_on', { from: day(edition.effective_from) });
}
