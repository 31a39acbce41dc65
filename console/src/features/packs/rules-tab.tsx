/// The rules of an edition: chosen on the left, shown and changed as a form on the right, checked below it.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Tag } from 'antd';
import { useState } from 'react';
import type { PackProblem } from '../../api/types';
import { useLocalization } from '../../i18n';
import { NothingHere } from '../../shell/states';
import { RuleForm } from './form/rule-form';
import { useWords } from './form/words';
import { NewRuleDialog } from './new-rule';
import { Problems } from './problems';
import { inReadingOrder, RuleList } from './rule-list';
import { headKey, type Rule, removal, ruleOfProblem } from './rules';
import type { Draft } from './use-draft';

interface RulesTabProperties {
  draft: Draft;
  isReadOnly: boolean;
  /// The chosen rule by its id.
  id: string | undefined;
  onChoose: (id: string) => void;
}

function Remove({ draft, rule, onDone }: { draft: Draft; rule: Rule; onDone: () => void }) {
  const { t } = useLocalization();
  const { modal } = App.useApp();
  const words = useWords();
  const ask = () =>
    void modal.confirm({
      title: t('packs.remove_rule_title', { name: words.labelOf(rule.table.label) || rule.id }),
      content: t('packs.remove_rule_hint'),
      okText: t('packs.remove_rule'),
      okButtonProps: { danger: true },
      onOk: async () => {
        await draft.save([removal(rule)]);
        onDone();
      },
    });
  return (
    <Button size="small" icon={<DeleteOutlined />} onClick={ask} data-test="remove-rule">
      {t('packs.remove_rule')}
    </Button>
  );
}

function RuleHead({
  draft,
  rule,
  isReadOnly,
  onGone,
}: {
  draft: Draft;
  rule: Rule;
  isReadOnly: boolean;
  onGone: () => void;
}) {
  const { t } = useLocalization();
  const words = useWords();
  return (
    <header className="rule-head">
      <div>
        <h2>{words.labelOf(rule.table.label) || rule.id}</h2>
        <span className="soft">
          <Tag>{words.kind(rule.kind)}</Tag> <code>{rule.id}</code> · {rule.file}
        </span>
      </div>
      {!isReadOnly && rule.key !== headKey && <Remove draft={draft} rule={rule} onDone={onGone} />}
      {draft.changed.has(rule.key) && <Tag color="warning">{t('packs.unsaved_mark')}</Tag>}
    </header>
  );
}

export function RulesTab({ draft, isReadOnly, id, onChoose }: RulesTabProperties) {
  const { t } = useLocalization();
  const [isAdding, setAdding] = useState(false);
  const inOrder = inReadingOrder(draft.rules);
  const rule = inOrder.find((one) => one.id === id) ?? inOrder[1] ?? inOrder[0];
  const keyOf = (problem: PackProblem) =>
    ruleOfProblem(problem, draft.rules, draft.files[problem.file] ?? '', draft.changed);
  function open(problem: PackProblem): void {
    const key = keyOf(problem);
    const about = draft.rules.find((one) => one.key === key);
    if (about) onChoose(about.id);
  }
  const isLocked = isReadOnly || draft.isTextChanged;
  return (
    <div className="rules-tab">
      <div className="rules-side">
        <RuleList draft={draft} chosen={rule} onChoose={(chosen) => onChoose(chosen.id)} />
        {!isLocked && (
          <Button
            block
            icon={<PlusOutlined />}
            className="spaced"
            onClick={() => setAdding(true)}
            data-test="add-rule"
          >
            {t('packs.add_rule')}
          </Button>
        )}
      </div>
      <div className="rule-view">
        {draft.isTextChanged && <p className="doubtful">{t('packs.text_first')}</p>}
        {rule ? (
          <>
            <RuleHead draft={draft} rule={rule} isReadOnly={isLocked} onGone={() => onChoose('')} />
            <Problems
              check={draft.check}
              isChecking={draft.isChecking}
              isHere={(problem) => keyOf(problem) === rule.key}
              onOpen={open}
              onAdopt={isLocked ? undefined : draft.adopt}
            />
            <RuleForm key={rule.key} rule={rule} onChange={(table) => draft.changeRule(rule, table)} />
          </>
        ) : (
          <NothingHere title={t('packs.no_rules')} />
        )}
      </div>
      {isAdding && <NewRuleDialog draft={draft} onClose={() => setAdding(false)} onAdded={onChoose} />}
    </div>
  );
}
