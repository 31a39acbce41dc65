/// What the server (or the way to it) said went wrong, as an error that pages can show.
import type { Problem } from './types';

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.code);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

const unreachable: Problem = {
  type: 'about:blank',
  title: { zh: '连不上服务器', en: 'The server cannot be reached' },
  status: 0,
  code: 'unreachable',
  detail: 'check the network and whether the server runs, then try again',
  detail_zh: '请检查网络以及服务器是否在运行，然后重试',
};

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value;
}

/// A problem document if the answer carried one, otherwise the plainest true statement about the answer.
export function problemOf(body: unknown, status: number): Problem {
  if (isProblem(body)) return body;
  if (status === 0 || status === 502 || status === 503 || status === 504) return { ...unreachable, status };
  return {
    type: 'about:blank',
    title: { zh: '服务器给出了意外的回答', en: 'The server answered unexpectedly' },
    status,
    code: `http_${status}`,
    detail: typeof body === 'string' ? body.slice(0, 200) : '',
  };
}

/// What is said beyond the title, in the reader's language where there is such a sentence.
export function detailOf(problem: Problem, language: 'zh' | 'en'): string {
  const detail = language === 'zh' ? (problem.detail_zh ?? problem.detail) : problem.detail;
  return detail === problem.title.en ? '' : detail;
}

/// Any thrown thing as a problem, so that an error page always has a code.
export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof TypeError && /fetch|network/i.test(error.message)) return unreachable;
  return {
    type: 'about:blank',
    title: { zh: '页面出错了', en: 'The page failed' },
    status: 0,
    code: 'console',
    detail: error instanceof Error ? error.message : String(error),
  };
}
