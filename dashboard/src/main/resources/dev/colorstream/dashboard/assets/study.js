import { element, notice, post } from './api.js';

const id = (name) => document.getElementById(name);
const study = id('study').dataset.study;
const PAIR_MS = 1000;
const MODES = {
  plausible: { question: 'Are the colors of this photo plausible?', choices: ['Plausible', 'Not plausible'] },
  pair: { question: 'Which photo has its real colors?', choices: ['The left one', 'The right one'] },
};
let participant = '';
let mode = MODES.plausible;
let trials = [];
let at = 0;
let seenAt = 0;
let open = false;

const source = (image) => `/api/studies/${study}/images/${image}`;

/** Loads images before they are shown, so that a second is a second. */
async function loaded(images) {
  const made = images.map((image, i) => element('img', { src: source(image), alt: images.length === 1 ? 'The photo in question' : `Photo ${i + 1}` }));
  await Promise.all(made.map((image) => image.decode()));
  return made;
}

function setProgress() {
  const bar = id('progress');
  bar.setAttribute('aria-valuemin', 0);
  bar.setAttribute('aria-valuemax', trials.length);
  bar.setAttribute('aria-valuenow', at);
  bar.firstElementChild.style.width = `${(100 * at) / trials.length}%`;
}

async function next() {
  setProgress();
  if (at === trials.length) {
    id('asking').hidden = true;
    id('thanks').hidden = false;
    return;
  }
  id('question').textContent = mode.question;
  const images = await loaded(trials[at].images);
  id('shown').className = images.length === 2 ? 'pair' : '';
  id('shown').replaceChildren(...images);
  seenAt = performance.now();
  if (images.length === 2) {
    await new Promise((done) => { setTimeout(done, PAIR_MS); });
    id('shown').replaceChildren(element('p', { className: 'hint' }, 'The second is over: which one was it?'));
  }
  open = true;
  id('choices').querySelectorAll('button').forEach((button) => { button.disabled = false; });
}

async function choose(choice) {
  if (!open) {
    return;
  }
  open = false;
  id('choices').querySelectorAll('button').forEach((button) => { button.disabled = true; });
  const milliseconds = Math.round(performance.now() - seenAt);
  try {
    await post(`/api/studies/${study}/answers?participant=${participant}&trial=${at}&choice=${choice}&milliseconds=${milliseconds}`);
    at += 1;
    await next();
  } catch (e) {
    notice(e.message);
    open = true;
    id('choices').querySelectorAll('button').forEach((button) => { button.disabled = false; });
  }
}

async function begin() {
  const form = id('welcome').elements;
  mode = MODES[form.mode.value];
  const told = await post(`/api/studies/${study}/participants?mode=${form.mode.value}&colorVision=${form.vision.value}`);
  participant = told.participant;
  trials = told.trials;
  id('choices').replaceChildren(...mode.choices.map((text, i) => {
    const button = element('button', { type: 'button', disabled: true }, element('kbd', {}, String(i + 1)), ` ${text}`);
    button.addEventListener('click', () => choose(i + 1));
    return button;
  }));
  id('welcome').hidden = true;
  id('asking').hidden = false;
  await next();
}

id('welcome').addEventListener('submit', (event) => {
  event.preventDefault();
  begin().catch((e) => notice(e.message));
});
document.addEventListener('keydown', (event) => {
  if (event.key === '1' || event.key === '2') {
    choose(Number(event.key));
  }
});
