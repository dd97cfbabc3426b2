import type { LoweringRules } from '../../ir/lowering.js';
import { creations } from './csharp/creations.js';
import { declarations } from './csharp/declarations.js';
import { expressions } from './csharp/expressions.js';
import { literals } from './csharp/literals.js';
import { patterns } from './csharp/patterns.js';
import { statements } from './csharp/statements.js';

export const csharpLowering: LoweringRules = {
  nodes: { ...literals, ...expressions, ...creations, ...patterns, ...declarations, ...statements },
  blocks: new Set(['block', 'declaration_list', 'enum_member_declaration_list', 'switch_body', 'switch_section']),
  scopes: new Set(['block', 'switch_body']),
  skipped: new Set([
    'comment', 'modifier', 'attribute_list', 'global_attribute', 'implicit_type', 'nullable_type', 'pointer_type', 'type_argument_list', 'type_parameter_list', 'type_parameter_constraints_clause',
    'using_directive', 'extern_alias_directive', 'file_scoped_namespace_declaration', 'delegate_declaration', 'explicit_interface_specifier', 'discard', 'empty_statement', 'break_statement',
    'continue_statement', 'goto_statement', 'shebang_directive', 'preproc_region', 'preproc_endregion', 'preproc_pragma', 'preproc_line', 'preproc_nullable', 'preproc_error', 'preproc_warning',
    'preproc_define', 'preproc_undef', 'preproc_arg',
  ]),
};
