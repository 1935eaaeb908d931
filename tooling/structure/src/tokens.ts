import ts from 'typescript';

/** A piece of a file that carries words. */
export interface Token {
  /** `prose` is the text of a Markdown page. */
  readonly kind: 'identifier' | 'comment' | 'string' | 'prose';
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** Splits a TypeScript, JavaScript, Python or Markdown file into identifiers, comments, strings and prose. */
export function readTokens(path: string, text: string): Token[] {
  if (path.endsWith('.md')) return [...readProse(text), ...readCodeBlocks(text)];
  return path.endsWith('.py') ? readPython(text) : readScript(path, text);
}

function readScript(path: string, text: string): Token[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const tokens: Token[] = [];
  const add = (kind: Token['kind'], value: string, position: number): void => {
    tokens.push({ kind, text: value, line: file.getLineAndCharacterOfPosition(position).line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return;
    const children = node.getChildren(file);
    for (const child of children) visit(child);
    if (children.length > 0) return;
    const start = node.getStart(file);
    // What stands before a token is white space and comments.
    for (const comment of text.slice(node.pos, start).matchAll(/\/\/.*|\/\*[\s\S]*?\*\//g))
      add('comment', comment[0], node.pos + comment.index);
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) add('identifier', node.text.replace(/^#/, ''), start);
    else if (isText(node)) add('string', text.slice(start, node.end), start);
  };
  visit(file);
  return tokens;
}

function isText(node: ts.Node): boolean {
  return (
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  );
}

// In this order: docstrings and other strings, comments, names. Numbers come first, so that `1e5` holds no name.
const python =
  /\d[\w.]*|[rbfuRBFU]{0,2}("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|#.*|[A-Za-z_]\w*/g;

function readPython(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(python)) {
    const line = lineAt(text, match.index);
    if (match[1] !== undefined) tokens.push({ kind: 'string', text: match[0], line });
    else if (match[0].startsWith('#')) tokens.push({ kind: 'comment', text: match[0], line });
    else if (!/^\d/.test(match[0])) tokens.push({ kind: 'identifier', text: match[0], line });
  }
  return tokens;
}

function readProse(text: string): Token[] {
  return [{ kind: 'prose', text, line: 1 }];
}

const fence = /^```(ts|tsx|js|mjs|typescript|javascript|py|python)\b.*\n([\s\S]*?)^```/gm;

/** The identifiers of code blocks; their comments and strings are part of the prose. */
function readCodeBlocks(text: string): Token[] {
  return [...text.matchAll(fence)].flatMap((block) => {
    const begin = lineAt(text, block.index);
    return readTokens(block[1]!.startsWith('py') ? 'block.py' : 'block.ts', block[2]!)
      .filter(({ kind }) => kind === 'identifier')
      .map((token) => ({ ...token, line: token.line + begin }));
  });
}

/** Number of the line that holds a position, from 1. */
export function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
