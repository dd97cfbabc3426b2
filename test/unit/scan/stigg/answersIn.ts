import { ELEMENT } from '../../../../src/scan/ir/access.js';
import { lowerProgram } from '../../../../src/scan/ir/lowering.js';
import type { IrNode } from '../../../../src/scan/ir/node.js';
import { walk } from '../../../../src/scan/ir/walk.js';
import { languageFor, languageIdFor } from '../../../../src/scan/languages/index.js';
import { moneyIn } from '../../../../src/scan/money/responses.js';
import type { Answer, Provenance } from '../../../../src/scan/stigg/answers.js';
import { Code } from '../../../../src/scan/stigg/code.js';
import { StiggFacts } from '../../../../src/scan/stigg/facts.js';
import { SyntaxTree } from '../../../../src/scan/syntax/tree.js';
import { createParser, loadGrammar } from '../../../../src/scan/syntax/treeSitter.js';
import { host } from '../support.js';

/** Makes a function that tells where a piece of a text of that language comes from: its last occurrence that is an expression. */
export async function provenanceFor(path: string): Promise<(text: string, expression: string) => Provenance> {
  const languageId = languageIdFor(path);
  const language = languageFor(languageId);
  const name = language.grammar(languageId);
  const rules = language.lowering;
  if (name === undefined || rules === undefined) throw new Error(`${languageId} is no code`);
  const readWasm = (file: string): Promise<Uint8Array> => host.readWasm(file);
  const parser = await createParser(await loadGrammar(name, readWasm), readWasm);
  return (text, expression) => {
    const tree = SyntaxTree.parse(parser, text);
    if (tree === undefined) throw new Error('Not parsed');
    const { program } = lowerProgram(tree, text, rules, []);
    const imports = language.imports(tree);
    tree.dispose();
    const facts = new StiggFacts(new Code(program, { text, languageId, imports }));
    let found: IrNode | undefined;
    for (const node of walk(program.root)) if (!/^(?:group|return|function|bind|list)$/.test(node.kind) && text.slice(node.start, node.end) === expression && node.start >= (found?.start ?? 0)) found ??= node;
    if (found === undefined) throw new Error(`No ${expression} in ${text}`);
    return facts.answers.of(found);
  };
}

/** `subscriptions.preview immediateInvoice.total`, with ` = money` behind what is. */
export function printAnswer(answer: Answer): string {
  const path = answer.path.map((step) => (step === ELEMENT ? '[]' : step)).join('.').replaceAll('.[]', '[]');
  return `${answer.operation ?? answer.surface} ${path}${moneyIn(answer) === undefined ? '' : ' = money'}`.trim();
}
