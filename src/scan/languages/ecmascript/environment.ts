import type { Source } from '../../source.js';
import type { Lookup, ParsedSource } from '../language.js';

const PUBLISHABLE = 'STIGG_CLIENT_API_KEY';

interface PublicPrefix {
  /** Any of these dependencies means the framework; the first row that matches wins. */
  readonly dependencies: readonly string[];
  /** Otherwise, this in the file does. */
  readonly text: RegExp;
  readonly lookup: (name: string) => string;
  readonly prefix: string;
}

const processEnv = (name: string): string => `process.env.${name}`;
const importMeta = (name: string): string => `import.meta.env.${name}`;

/** What bundlers put into browser code: the prefix and how it is read. Frameworks come before the bundlers they are built on. */
const PUBLIC_PREFIXES: readonly PublicPrefix[] = [
  { dependencies: ['next'], prefix: 'NEXT_PUBLIC_', lookup: processEnv, text: /\bNEXT_PUBLIC_|['"]next\/|^\s*['"]use client['"]/ },
  { dependencies: ['react-scripts'], prefix: 'REACT_APP_', lookup: processEnv, text: /\bREACT_APP_/ },
  { dependencies: ['expo'], prefix: 'EXPO_PUBLIC_', lookup: processEnv, text: /\bEXPO_PUBLIC_/ },
  { dependencies: ['gatsby'], prefix: 'GATSBY_', lookup: processEnv, text: /\bGATSBY_/ },
  { dependencies: ['@vue/cli-service'], prefix: 'VUE_APP_', lookup: processEnv, text: /\bVUE_APP_/ },
  { dependencies: ['astro'], prefix: 'PUBLIC_', lookup: importMeta, text: /import\.meta\.env\.PUBLIC_/ },
  { dependencies: ['vite', '@sveltejs/kit', '@vitejs/plugin-react', '@vitejs/plugin-react-swc', '@remix-run/dev', '@react-router/dev'], prefix: 'VITE_', lookup: importMeta, text: /\bimport\.meta\.env\b/ },
];

/** How code on a server reads the variable: Deno has a way of its own. */
export function serverLookup(variable: string, source: Source): Lookup {
  const deno = /\bDeno\.(?:env|serve)\b|\bfrom\s+['"](?:jsr:|https:\/\/deno\.land\/)/.test(source.text);
  return { variable, expression: deno ? `Deno.env.get("${variable}")` : processEnv(variable) };
}

/** How browser code reads the publishable key: by the framework's prefix, found in package.json or in the file itself. */
export function publishableLookup(source: ParsedSource, dependencies: ReadonlySet<string> | undefined): Lookup {
  const framework = PUBLIC_PREFIXES.find((row) => row.dependencies.some((name) => dependencies?.has(name) === true))
    ?? PUBLIC_PREFIXES.find((row) => row.text.test(source.text));
  const variable = `${framework?.prefix ?? ''}${PUBLISHABLE}`;
  return { variable, expression: (framework?.lookup ?? processEnv)(variable) };
}
