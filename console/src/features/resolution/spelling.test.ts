import { describe, expect, it } from 'vitest';
import { compareSpelling, type Piece } from './spelling';

function written(pieces: Piece[]): string {
  return pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');
}

function compared(left: string, right: string): string[] {
  return compareSpelling(left, right).map(written);
}

describe('two texts beside each other', () => {
  it('are marked where a character differs, is missing or stands elsewhere', () => {
    expect(compared('王晓明', '王小明')).toEqual(['王[晓]明', '王[小]明']);
    expect(compared('阵健锐', '陈建锐')).toEqual(['[阵健]锐', '[陈建]锐']);
    expect(compared('13812345678', '1381234568')).toEqual(['138123456[7]8', '1381234568']);
    expect(compared('1990-03-12', '1990-12-03')).toEqual(['1990-[03]-[12]', '1990-[12]-[03]']);
    expect(compared('2018-03-09', '2023-11-04')).toEqual(['20[18]-[03]-0[9]', '20[23]-[11]-0[4]']);
  });

  it('are left alone where they are the same', () => {
    expect(compared('张三', '张三')).toEqual(['张三', '张三']);
    expect(compared('', '')).toEqual(['', '']);
  });

  it('are marked as a whole where they have little in common', () => {
    expect(compared('张三', '李四')).toEqual(['[张三]', '[李四]']);
    expect(compared('北京市朝阳区', '上海市')).toEqual(['[北京市朝阳区]', '[上海市]']);
  });

  it('keep characters outside the basic plane whole', () => {
    expect(compared('𠮷野家店', '吉野家店')).toEqual(['[𠮷]野家店', '[吉]野家店']);
  });

  it('give back what they were, piece by piece', () => {
    for (const [left, right] of [
      ['浙江省杭州市西湖区', '杭州市西湖区文三路'],
      ['ZHANG SAN', 'ZHAN GSAN'],
      ['x'.repeat(500), 'y'.repeat(3)],
    ] as const) {
      const [one, other] = compareSpelling(left, right);
      expect(one.map(({ text }) => text).join('')).toBe(left);
      expect(other.map(({ text }) => text).join('')).toBe(right);
    }
  });
});
