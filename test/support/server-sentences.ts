import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseSync } from '@swc/core';

/** A sentence in the source; every `{}` in it stands for what it holds at run time. */
export interface SourceSentence {
  readonly file: string;
  readonly text: string;
}

/** Where what the console shows is written. */
const FOLDERS = [
  'activities',
  'client/api',
  'client/import',
  'client/use-cases',
  'db',
  'domain',
  'workflows',
];
const FILES = ['client/connect.ts'];

/** Two words in a row, or one beside what is filled in. */
const SENTENCE = /[a-z]{2,}[,:;.]? (?:[a-z]|\{\})|(?:^|\s)\{\}[,:;]? [a-z]{2,}/iu;

interface SyntaxNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Every text of the server's source that reads like a sentence, as far as it is not for the log. */
export function serverSentences(isShown: (file: string) => boolean): SourceSentence[] {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...FOLDERS, ...FILES], {
    encoding: 'utf8',
  });
  return files
    .split('\n')
    .filter((file) => file.endsWith('.ts') && isShown(file))
    .flatMap((file) => {
      const { body } = parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' });
      return [...textsIn(body)].filter((text) => SENTENCE.test(text)).map((text) => ({ file, text }));
    });
}

const NO_TEXTS = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'TsLiteralType',
]);
/** What is said to a log or to the reader of the API's description. */
const FOR_OTHERS = new Set(['debug', 'info', 'warn', 'error', 'describe', 'raw']);

function* textsIn(node: unknown): Generator<string> {
  if (Array.isArray(node)) {
    for (const one of node) yield* textsIn(one);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  // An argument of a call, for one, is kept in an object that has no type.
  if (!isSyntax(node)) return yield* textsIn(Object.values(node));
  if (NO_TEXTS.has(node.type) || isForOthers(node)) return;
  // A statement of SQL.
  if (node.type === 'TaggedTemplateExpression') {
    yield* textsIn((node['template'] as SyntaxNode)['expressions']);
    return;
  }
  const text = textOf(node);
  if (text !== undefined) yield text;
  for (const part of text === undefined ? Object.values(node) : heldIn(node)) yield* textsIn(part);
}

function isSyntax(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function isForOthers({ type, callee }: SyntaxNode): boolean {
  if (type !== 'CallExpression' || !isSyntax(callee) || !isSyntax(callee['property'])) return false;
  return FOR_OTHERS.has(String(callee['property']['value']));
}

/** A text, with `{}` for each part that is known at run time only; undefined for anything else. */
function textOf(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'StringLiteral':
      return String(node['value']);
    case 'TemplateLiteral':
      return (node['quasis'] as { cooked: string }[]).map(({ cooked }) => cooked).join('{}');
    case 'BinaryExpression': {
      if (node['operator'] !== '+') return undefined;
      const [left, right] = [textOf(node['left'] as SyntaxNode), textOf(node['right'] as SyntaxNode)];
      return left === undefined && right === undefined ? undefined : `${left ?? '{}'}${right ?? '{}'}`;
    }
    default:
      return undefined;
  }
}

/** What stands in a text's places. */
function heldIn(node: SyntaxNode): unknown[] {
  if (node.type === 'TemplateLiteral') return node['expressions'] as unknown[];
  if (node.type !== 'BinaryExpression') return [];
  return [node['left'], node['right']].flatMap((side) =>
    textOf(side as SyntaxNode) === undefined ? [side] : heldIn(side as SyntaxNode),
  );
}
