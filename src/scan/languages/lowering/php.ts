import type { LoweringRules } from '../../ir/lowering.js';
import { arrays } from './php/arrays.js';
import { declarations } from './php/declarations.js';
import { expressions } from './php/expressions.js';
import { literals } from './php/literals.js';

/** PHP knows scopes of functions only. */
export const phpLowering: LoweringRules = {
  nodes: { ...literals, ...expressions, ...arrays, ...declarations },
  blocks: new Set(['compound_statement', 'declaration_list', 'enum_declaration_list', 'colon_block', 'switch_block', 'case_statement', 'default_statement']),
  scopes: new Set(),
  skipped: new Set([
    'comment', 'php_tag', 'php_end_tag', 'text', 'text_interpolation', 'attribute_list', 'namespace_use_declaration', 'use_declaration', 'base_clause', 'class_interface_clause', 'empty_statement',
    'break_statement', 'continue_statement', 'goto_statement', 'named_label_statement', 'global_declaration', 'declare_directive', 'anonymous_function_use_clause', 'visibility_modifier', 'static_modifier',
    'final_modifier', 'abstract_modifier', 'readonly_modifier', 'var_modifier', 'reference_modifier', 'named_type', 'optional_type', 'union_type', 'intersection_type', 'disjunctive_normal_form_type',
    'primitive_type', 'cast_type', 'type_list', 'variadic_placeholder', 'heredoc_start', 'heredoc_end',
  ]),
};
