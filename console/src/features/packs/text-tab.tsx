/// The files of an edition as an engineer writes them, with problems at their lines.
import { Segmented } from 'antd';
import { useRef, useState } from 'react';
import type { PackProblem } from '../../api/types';
import { useLocalization } from '../../i18n';
import { FileButtons } from './file-buttons';
import { Problems } from './problems';
import type { Draft } from './use-draft';

/// As the style sheet sets it.
const lineHeight = 20;

interface CodeProperties {
  name: string;
  text: string;
  problems: PackProblem[];
  isReadOnly: boolean;
  /// The line that is asked for, with a number that rises with every asking.
  goal: { line: number; asked: number };
  onChange: (text: string) => void;
}

function Code({ name, text, problems, isReadOnly, goal, onChange }: CodeProperties) {
  const { pick } = useLocalization();
  const [top, setTop] = useState(0);
  const reached = useRef(0);
  const lines = text.split('\n').length;
  function reach(box: HTMLTextAreaElement | null): void {
    if (!box || goal.asked === reached.current) return;
    reached.current = goal.asked;
    const before = text.split('\n').slice(0, goal.line - 1);
    const from = before.reduce((sum, line) => sum + line.length + 1, 0);
    box.focus();
    box.setSelectionRange(from, from);
    box.scrollTop = Math.max(0, (goal.line - 6) * lineHeight);
  }
  return (
    <div className="code">
      <div className="code-gutter" aria-hidden="true">
        <div style={{ transform: `translateY(${-top}px)` }}>
          {problems.map(({ line, code, reason }, place) => (
            <span
              key={`${line} ${code} ${place}`}
              className="code-mark"
              style={{ top: (line - 1) * lineHeight }}
              title={pick(reason)}
            />
          ))}
          <pre>{Array.from({ length: lines }, (_, index) => index + 1).join('\n')}</pre>
        </div>
      </div>
      <textarea
        ref={reach}
        value={text}
        readOnly={isReadOnly}
        wrap="off"
        spellCheck={false}
        aria-label={name}
        data-test="text"
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

export function TextTab({ draft, isReadOnly }: { draft: Draft; isReadOnly: boolean }) {
  const { t } = useLocalization();
  const names = Object.keys(draft.files);
  const [chosen, setChosen] = useState(names.includes('pack.toml') ? 'pack.toml' : (names[0] ?? ''));
  const [goal, setGoal] = useState({ line: 1, asked: 0 });
  const isFormFirst = draft.changed.size > 0;
  const problemsOf = (name: string) => draft.check.problems.filter(({ file }) => file === name);
  function open({ file, line }: PackProblem): void {
    if (!names.includes(file)) return;
    setChosen(file);
    setGoal((now) => ({ line, asked: now.asked + 1 }));
  }
  return (
    <div className="text-tab">
      {isFormFirst && <p className="doubtful">{t('packs.form_first')}</p>}
      <div className="toolbar">
        <Segmented
          className="text-files"
          value={chosen}
          aria-label={t('packs.files')}
          onChange={setChosen}
          options={names.map((name) => ({
            value: name,
            label: problemsOf(name).length > 0 ? `${name} (${problemsOf(name).length})` : name,
          }))}
        />
        {!isReadOnly && <FileButtons draft={draft} chosen={chosen} onChosen={setChosen} />}
      </div>
      <Code
        key={chosen}
        name={chosen}
        text={draft.files[chosen] ?? ''}
        problems={isFormFirst ? [] : problemsOf(chosen)}
        isReadOnly={isReadOnly || isFormFirst}
        goal={goal}
        onChange={(text) => draft.changeFile(chosen, text)}
      />
      <Problems
        check={draft.check}
        isChecking={draft.isChecking}
        isHere={({ file }) => file === chosen}
        onOpen={open}
      />
    </div>
  );
}
