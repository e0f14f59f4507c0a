import { ask, element, notice } from './api.js';
import { shareLine } from './shares.js';

const place = document.getElementById('results');
const TITLES = { plausible: 'Called plausible', pair: 'Taken for the real one of a pair' };
const VISIONS = { normal: 'color vision as most people’s', deficient: 'color vision deficiency', unsaid: 'color vision not said' };

function lines(title, shares, isPair) {
  return [shareLine(title, shares.colorized), ...(isPair ? [] : [shareLine('real photos (control)', shares.real, 'control')])];
}

function section(mode) {
  const isPair = mode.mode === 'pair';
  const split = mode.byColorVision.filter((one) => one.participants > 0);
  return element('section', { className: 'card' },
    element('h2', {}, TITLES[mode.mode]),
    element('p', { className: 'hint' }, `n = ${mode.participants} ${mode.participants === 1 ? 'participant' : 'participants'}; bars are 95 % intervals, lines the goals 40, 60 and 100 %`),
    ...lines('colorized photos', mode, isPair),
    ...split.flatMap((one) => lines(`${VISIONS[one.colorVision]} (n = ${one.participants})`, one, isPair)));
}

ask(`/api/studies/${place.dataset.study}/results`).then((told) => {
  document.getElementById('about').textContent = `${told.version}, photos from ${told.source}`;
  place.replaceChildren(...told.modes.map(section));
}).catch((e) => notice(e.message));
