/// What is wrong with a pack: where, why in the language of whoever reads, and the line with a mark under the place.
import { CheckCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { PackCheck, PackProblem } from '../../api/types';
import { useLocalization } from '../../i18n';
import { excerptAt } from './excerpt';

function Excerpt({ problem }: { problem: PackProblem }) {
  const { text, before } = excerptAt(problem.excerpt, problem.column);
  if (text.trim() === '') return null;
  return (
    <pre className="excerpt">
      {text}
      {'\n'}
      <span className="excerpt-before" aria-hidden="true">
        {before}
      </span>
      <b aria-hidden="true">^</b>
    </pre>
  );
}

interface ProblemsProperties {
  check: PackCheck;
  isChecking: boolean;
  /// Which of them are about what is looked at.
  isHere: (problem: PackProblem) => boolean;
  onOpen: (problem: PackProblem) => void;
  /// Lets examples expect what their rules say now; not there where nothing may be changed.
  onAdopt?: () => void;
}

const mostShown = 50;

export function Problems({ check, isChecking, isHere, onOpen, onAdopt }: ProblemsProperties) {
  const { t, pick, number } = useLocalization();
  const here = check.problems.filter(isHere);
  const elsewhere = check.problems.filter((problem) => !isHere(problem));
  const otherwise = check.problems.filter(({ found }) => typeof found === 'string').length;
  const shown = [...here, ...elsewhere].slice(0, mostShown);
  return (
    <aside className="problems" aria-label={t('packs.check')} aria-busy={isChecking} data-test="problems">
      <div role="status" className="problems-head" data-test="check-state">
        {isChecking ? (
          <span className="soft">
            <LoadingOutlined /> {t('packs.checking')}
          </span>
        ) : check.problems.length === 0 ? (
          <span className="good">
            <CheckCircleOutlined />{' '}
            {t('packs.sound', {
              rules: number(check.rules),
              covered: number(check.covered),
              examples: number(check.examples),
            })}
          </span>
        ) : (
          <span className="bad">{t('packs.problems', { count: number(check.problems.length) })}</span>
        )}
      </div>
      {onAdopt && otherwise > 0 && (
        <div>
          <p className="soft">{t('packs.adopt_hint')}</p>
          <Button size="small" disabled={isChecking} onClick={onAdopt} data-test="adopt-examples">
            {t('packs.adopt', { count: number(otherwise) })}
          </Button>
        </div>
      )}
      {shown.length > 0 && (
        <ul className="plain">
          {shown.map((problem, place) => (
            <li
              key={`${problem.file} ${problem.line} ${problem.code} ${place}`}
              className={isHere(problem) ? 'problem-here' : undefined}
            >
              <button type="button" className="link" onClick={() => onOpen(problem)}>
                {t('packs.place_of_problem', { file: problem.file, line: problem.line })}
              </button>
              <div>{pick(problem.reason)}</div>
              <Excerpt problem={problem} />
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}
