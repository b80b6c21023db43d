// Fill in XForms with the real ODK engine, as a phone would: one form for each line on stdin, until it ends.
// Takes {"xform": XML, "rounds": [answers, ...]}: each round's answers are given on top of the earlier ones.
// Answers are by question name; a list of answers is a repeat, with as many instances as it has entries.
// Gives a line on stdout {"rounds": [{"violations": [{reference, condition, message}], "offered": {select: [choices]}}],
// "submission": XML}.
import { createInterface } from 'node:readline';
import { JSDOM } from 'jsdom';

giveBrowserGlobals();
const { loadForm } = await import('@getodk/xforms-engine');
for await (const task of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await filledIn(JSON.parse(task)))}\n`);
}

async function filledIn({ xform, rounds }) {
  const form = await loadForm(xform);
  if (form.status !== 'success') throw form.error;
  const { root } = form.createInstance();
  root.setLanguage(root.languages.at(-1));
  const told = rounds.map((answers) => {
    giveAnswers(root, answers);
    return { violations: violations(root), offered: offered(root) };
  });
  const payload = await root.prepareInstancePayload();
  const submission = await textOf(payload.data[0].get('xml_submission_file'));
  return { rounds: told, status: payload.status, submission };
}

function giveBrowserGlobals() {
  const { window } = new JSDOM('');
  const classes = Object.getOwnPropertyNames(window).filter((name) => /^[A-Z]/.test(name) && !(name in globalThis));
  for (const name of [...classes, 'window', 'document', 'Blob', 'File', 'FormData']) globalThis[name] = window[name];
  // The engine is bundled for browsers; where it finds Node it looks for files that are not there.
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: undefined } });
}

function giveAnswers(parent, answers) {
  for (const [name, answer] of Object.entries(answers)) {
    const node = find(parent, name);
    if (Array.isArray(answer) && node.nodeType.startsWith('repeat-range')) {
      const present = node.currentState.children.length;
      if (present < answer.length) node.addInstances(present - 1, answer.length - present);
      if (present > answer.length) node.removeInstances(answer.length, present - answer.length);
      answer.forEach((one, index) => giveAnswers(node.currentState.children[index], one));
    } else if (node.nodeType === 'select') {
      node.selectValues([answer].flat());
    } else {
      node.setValue(answer);
    }
  }
}

function find(parent, name) {
  for (const child of parent.currentState.children ?? []) {
    if (child.currentState.reference.split('/').at(-1) === name) return child;
    const below = child.nodeType.startsWith('repeat-range') ? undefined : find(child, name);
    if (below) return below;
  }
  return undefined;
}

function violations(root) {
  return root.validationState.violations.map(({ reference, violation }) => ({
    reference,
    condition: violation.condition,
    message: violation.message?.asString ?? '',
  }));
}

function offered(parent) {
  const found = {};
  for (const child of parent.currentState.children ?? []) {
    if (child.nodeType === 'select') {
      const name = child.currentState.reference.split('/').at(-1);
      found[name] = child.currentState.valueOptions.map((option) => option.value);
    }
    Object.assign(found, offered(child));
  }
  return found;
}

function textOf(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsText(file);
  });
}
