/// Which key does what in the queue.
import { Modal } from 'antd';
import { type Key, useLocalization } from '../../i18n';

const keys: [string, Key][] = [
  ['J', 'resolution.key.down'],
  ['K', 'resolution.key.up'],
  ['S', 'resolution.key.same'],
  ['D', 'resolution.key.different'],
  ['C', 'resolution.key.claim'],
  ['X', 'resolution.key.release'],
  ['N', 'resolution.key.next'],
  ['U', 'resolution.key.undo'],
  ['?', 'resolution.key.help'],
];

export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLocalization();
  return (
    <Modal open={open} title={t('resolution.keys')} footer={null} onCancel={onClose} width={420}>
      <dl className="keys" data-test="keys-dialog">
        {keys.map(([letter, what]) => (
          <div key={letter}>
            <dt>
              <kbd>{letter}</kbd>
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
