import type { LoweringRules } from '../../ir/lowering.js';
import { rustBlocks } from './rust/blocks.js';
import { rustChoices } from './rust/choices.js';
import { rustExpressions } from './rust/expressions.js';

export const rustLowering: LoweringRules = {
  nodes: { ...rustExpressions, ...rustBlocks, ...rustChoices },
  blocks: new Set(['source_file', 'declaration_list']),
  scopes: new Set(['declaration_list']),
  skipped: new Set([
    'line_comment', 'block_comment', 'use_declaration', 'extern_crate_declaration', 'attribute_item', 'inner_attribute_item', 'visibility_modifier', 'mutable_specifier',
    'struct_item', 'enum_item', 'union_item', 'type_item', 'associated_type', 'function_signature_item', 'foreign_mod_item', 'macro_definition',
    'type_arguments', 'type_parameters', 'where_clause', 'lifetime', 'label', 'empty_statement', 'continue_expression', 'shebang',
  ]),
};
