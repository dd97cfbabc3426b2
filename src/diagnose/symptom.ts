import { t } from '@vscode/l10n';

/** What the person sees, in the order it is offered. */
export const SYMPTOMS = ['401', '401-posts', '401-rotation', '403', '404', '409', '429'] as const;
export type Symptom = (typeof SYMPTOMS)[number];

export interface SymptomWords {
  readonly status: 401 | 403 | 404 | 409 | 429;
  readonly label: string;
  /** What Stigg means by it. Source: Stigg's table of REST statuses and its troubleshooting table. */
  readonly meaning: string;
}

export function symptomWords(symptom: Symptom): SymptomWords {
  switch (symptom) {
    case '401':
      return { status: 401, label: t('401 on every request'), meaning: t('Stigg does not recognize the key, or does not find one.') };
    case '401-posts':
      return { status: 401, label: t('401 only on POSTs'), meaning: t('Reading works, writing does not: most often the content type.') };
    case '401-rotation':
      return { status: 401, label: t('401 since a rotation'), meaning: t('It worked until the key was rotated, and its grace period ended.') };
    case '403':
      return { status: 403, label: t('403 Forbidden'), meaning: t('Stigg knows the key, but the key may not do this.') };
    case '404':
      return { status: 404, label: t('404 Not found'), meaning: t('The path does not exist, or the id does not exist in this environment.') };
    case '409':
      return { status: 409, label: t('409 Conflict'), meaning: t('It contradicts what is there: it exists already, for instance.') };
    case '429':
      return { status: 429, label: t('429 Too many requests'), meaning: t('A rate limit of the environment was exceeded.') };
  }
}
