/// What can be done with a row: open it, move it, take it out.
import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  DownOutlined,
  RightOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useLocalization } from '../../../i18n';

interface RowActionsProperties {
  name: string;
  place: number;
  count: number;
  /// For rows that have something to open.
  opening?: { isOpen: boolean; onToggle: () => void } | undefined;
  isReadOnly?: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

export function RowActions(properties: RowActionsProperties) {
  const { name, place, count, opening, isReadOnly = false, onMove, onRemove } = properties;
  const { t } = useLocalization();
  return (
    <div className="row-actions">
      {opening && (
        <Button
          type="text"
          size="small"
          icon={opening.isOpen ? <DownOutlined /> : <RightOutlined />}
          aria-expanded={opening.isOpen}
          aria-label={t('packs.open_row', { name })}
          onClick={opening.onToggle}
        />
      )}
      {!isReadOnly && (
        <>
          <Button
            type="text"
            size="small"
            icon={<ArrowUpOutlined />}
            disabled={place === 0}
            aria-label={t('packs.move_up', { name })}
            onClick={() => onMove(-1)}
          />
          <Button
            type="text"
            size="small"
            icon={<ArrowDownOutlined />}
            disabled={place === count - 1}
            aria-label={t('packs.move_down', { name })}
            onClick={() => onMove(1)}
          />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('packs.remove_row', { name })}
            onClick={onRemove}
          />
        </>
      )}
    </div>
  );
}
