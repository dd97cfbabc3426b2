import type { AccountSpec } from './seeds.js';

/** Where the real service's behaviour is not evidenced, both ways can be had. */
export interface SandboxBehaviour {
  /** Revoked keys leave the lists at once, instead of staying as expired ones. */
  readonly revokedKeysVanish: boolean;
  /** Whether a scoped key that may read API keys gets their whole values; otherwise they are masked. */
  readonly scopedKeysReadTokens: boolean;
  /** `account`: a key sees all environments of its account. */
  readonly environmentsSeen: 'own' | 'account';
}

export interface SandboxOptions extends Partial<SandboxBehaviour> {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Real time unless told. */
  readonly now?: () => Date;
  /** ACME unless told. */
  readonly accounts?: readonly AccountSpec[];
  /** Opens /__sandbox/ for a test in another process. It hands out every token: on loopback, for tests. */
  readonly admin?: boolean;
}
