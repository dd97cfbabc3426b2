// The packages of this sample are not installed: they count as untyped, so that the editor shows our findings alone.
declare module '@stigg/node-server-sdk';
declare module '@stigg/react-sdk';
declare module '@stigg/typescript';
declare module 'react' {
  export type ReactNode = unknown;
}
declare const process: { argv: string[]; env: Record<string, string | undefined> };
