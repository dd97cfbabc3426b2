import * as vscode from 'vscode';
import type { Disposable } from '../event.js';

/** What a step answers when the person goes back instead. */
export const BACK = Symbol('back');

/** Where a step stands among the others. */
export interface Frame {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** One question. What was answered before is in `state`, also after going back, so that nothing has to be typed twice. */
export interface Step<S> {
  /** False for a question that does not arise with these answers. */
  readonly applies?: (state: S) => boolean;
  /** Resolves with the answers so far, with BACK, or with undefined when the person leaves. */
  readonly ask: (state: S, frame: Frame) => Promise<S | typeof BACK | undefined>;
}

/** Asks one question after the other, with a back button and step numbers; undefined when the person leaves. */
export async function runSteps<S>(title: string, steps: readonly Step<S>[], initial: S): Promise<S | undefined> {
  let state = initial;
  let at = 0;
  for (;;) {
    const asked = steps.filter(({ applies }) => applies?.(state) ?? true);
    const step = asked[at];
    if (step === undefined) return state;
    const answer = await step.ask(state, { title, step: at + 1, totalSteps: asked.length });
    if (answer === undefined) return undefined;
    if (answer === BACK) at = Math.max(0, at - 1);
    else {
      state = answer;
      at++;
    }
  }
}

/** What is wrong, or worth knowing, about a text; an error keeps the person at the step. */
export type Remark = { readonly severity: 'error' | 'warning' | 'info'; readonly message: string } | undefined;

export interface TextQuestion {
  readonly value: string;
  readonly prompt: string;
  readonly placeHolder?: string;
  readonly remark: (value: string) => Remark;
}

/** A step that asks for a line of text; resolves with it as typed. */
export function askText(frame: Frame, { value, prompt, placeHolder, remark }: TextQuestion): Promise<string | typeof BACK | undefined> {
  const box = vscode.window.createInputBox();
  box.value = value;
  box.prompt = prompt;
  box.placeholder = placeHolder;
  const look = (): Remark => {
    const found = remark(box.value);
    box.validationMessage = found === undefined ? undefined : { message: found.message, severity: SEVERITY[found.severity] };
    return found;
  };
  // Nothing typed yet is no mistake: it is said when somebody wants to go on.
  if (value !== '') look();
  return shown(box, frame, (done) => [
    box.onDidChangeValue(look),
    box.onDidAccept(() => { if (look()?.severity !== 'error') done(box.value); }),
  ]);
}

const SEVERITY = { error: vscode.InputBoxValidationSeverity.Error, warning: vscode.InputBoxValidationSeverity.Warning, info: vscode.InputBoxValidationSeverity.Info } as const;

/** `refusal`: shown, and cannot be chosen. */
export type Choice<T> = vscode.QuickPickItem & { readonly value: T; readonly refusal?: string };

export interface ChoiceQuestion<T> {
  readonly placeHolder: string;
  readonly items: readonly Choice<T>[];
  /** The item that Enter takes at once. */
  readonly isActive?: (value: T) => boolean;
  /** Typing also looks through the second lines. */
  readonly matchOnDetail?: boolean;
}

/** A step that asks for one of several things. */
export function askChoice<T>(frame: Frame, { placeHolder, items, isActive, matchOnDetail }: ChoiceQuestion<T>): Promise<T | typeof BACK | undefined> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.items = items;
  pick.placeholder = placeHolder;
  const active = items.filter((item) => item.kind !== vscode.QuickPickItemKind.Separator && isActive?.(item.value) === true);
  // Left alone, the first one is taken by Enter; an empty list would leave Enter without any.
  if (active.length > 0) pick.activeItems = active;
  pick.matchOnDescription = true;
  pick.matchOnDetail = matchOnDetail === true;
  return shown(pick, frame, (done) => [
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item?.refusal === undefined) {
        if (item !== undefined) done(item.value);
        return;
      }
      // Entries cannot be disabled: the reason is said, and the step stays.
      pick.value = '';
      pick.placeholder = item.refusal;
    }),
  ]);
}

export interface ManyQuestion<T> {
  readonly placeHolder: string;
  readonly items: readonly (vscode.QuickPickItem & { readonly value: T })[];
  readonly chosen: readonly T[];
  /** What is chosen once the rules between the entries are kept; called at every change. */
  readonly settle: (now: readonly T[], before: readonly T[]) => readonly T[];
  /** Why one cannot go on with this; undefined where one can. */
  readonly refusal: (chosen: readonly T[]) => string | undefined;
}

/** A step that asks which of several things are wanted. Entries are told apart by identity. */
export function askMany<T>(frame: Frame, { placeHolder, items, chosen, settle, refusal }: ManyQuestion<T>): Promise<readonly T[] | typeof BACK | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly value: T }>();
  pick.canSelectMany = true;
  pick.items = items;
  pick.placeholder = placeHolder;
  let before = chosen;
  const select = (values: readonly T[]): void => {
    before = values;
    const wanted = items.filter(({ value }) => values.includes(value));
    // Told again by VS Code, unless it is so already.
    if (wanted.length !== pick.selectedItems.length || wanted.some((item) => !pick.selectedItems.includes(item))) pick.selectedItems = wanted;
  };
  select(chosen);
  return shown(pick, frame, (done) => [
    pick.onDidChangeSelection((selected) => {
      pick.placeholder = placeHolder;
      select(settle(selected.map(({ value }) => value), before));
    }),
    pick.onDidAccept(() => {
      const reason = refusal(before);
      if (reason === undefined) done(before);
      else pick.placeholder = reason;
    }),
  ]);
}

/** Shows a quick input until it is answered, left, or gone back from; it is disposed of in any case. */
function shown<T>(input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>, { title, step, totalSteps }: Frame, listen: (done: (answer: T) => void) => readonly Disposable[]): Promise<T | typeof BACK | undefined> {
  return new Promise((resolve) => {
    input.title = title;
    // "1/1" counts nothing.
    if (totalSteps > 1) {
      input.step = step;
      input.totalSteps = totalSteps;
    }
    // A name must not be lost to a click beside it.
    input.ignoreFocusOut = true;
    if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
    const end = (answer: T | typeof BACK | undefined): void => {
      resolve(answer);
      for (const subscription of subscriptions) subscription.dispose();
      input.dispose();
    };
    const subscriptions: readonly Disposable[] = [
      ...listen(end),
      input.onDidTriggerButton((button) => { if (button === vscode.QuickInputButtons.Back) end(BACK); }),
      input.onDidHide(() => { end(undefined); }),
    ];
    input.show();
  });
}
