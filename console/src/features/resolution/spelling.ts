/// Where two texts differ, character by character: what a person compares with a finger on the screen.

export interface Piece {
  text: string;
  differs: boolean;
}

/// Longer texts are not compared by character: nobody would read the marks.
const longest = 200;
/// With less than this in common, two texts are simply different ones.
const leastInCommon = 0.3;

/// For each text, which of its characters stand in the longest common subsequence of both.
function inCommon(left: string[], right: string[]): [boolean[], boolean[]] {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (one: number, other: number) => lengths[one * width + other] ?? 0;
  for (let one = left.length - 1; one >= 0; one -= 1) {
    for (let other = right.length - 1; other >= 0; other -= 1) {
      lengths[one * width + other] =
        left[one] === right[other]
          ? at(one + 1, other + 1) + 1
          : Math.max(at(one + 1, other), at(one, other + 1));
    }
  }
  const leftShared = left.map(() => false);
  const rightShared = right.map(() => false);
  let [one, other] = [0, 0];
  while (one < left.length && other < right.length) {
    if (left[one] === right[other]) {
      leftShared[one++] = true;
      rightShared[other++] = true;
    } else if (at(one + 1, other) >= at(one, other + 1)) one += 1;
    else other += 1;
  }
  return [leftShared, rightShared];
}

/// Dates, numbers and names of one length are read place by place: that says more than what moved where.
function inPlace(left: string[], right: string[]): [boolean[], boolean[]] | undefined {
  if (left.length !== right.length) return undefined;
  const shared = left.map((character, index) => character === right[index]);
  const isMuch = shared.filter(Boolean).length >= left.length * leastInCommon;
  return isMuch ? [shared, shared] : undefined;
}

function piecesOf(characters: string[], shared: boolean[]): Piece[] {
  const pieces: Piece[] = [];
  characters.forEach((text, index) => {
    const differs = !shared[index];
    const last = pieces[pieces.length - 1];
    if (last?.differs === differs) last.text += text;
    else pieces.push({ text, differs });
  });
  return pieces;
}

/// Both texts in pieces that are the same and pieces that are not.
export function compareSpelling(left: string, right: string): [Piece[], Piece[]] {
  const [one, other] = [[...left], [...right]];
  const whole = (text: string, differs: boolean): Piece[] => (text === '' ? [] : [{ text, differs }]);
  if (left === right) return [whole(left, false), whole(right, false)];
  const most = Math.max(one.length, other.length);
  if (most > longest) return [whole(left, true), whole(right, true)];
  const [leftShared, rightShared] = inPlace(one, other) ?? inCommon(one, other);
  const common = leftShared.filter(Boolean).length;
  if (common < most * leastInCommon) return [whole(left, true), whole(right, true)];
  return [piecesOf(one, leftShared), piecesOf(other, rightShared)];
}
