// Shares with their intervals, as bars with the goals 40, 60 and 100 %.
import { element } from './api.js';

const GOALS = [40, 60, 100];
const percent = (share) => `${Math.round(100 * share)} %`;

/** A line of a chart: the share as a point on the bar of its interval. */
export function shareLine(name, share, kind = '') {
  const scale = element('div', { className: `scale ${kind}` });
  for (const goal of GOALS) {
    const line = element('span', { className: 'goal', title: `goal: ${goal} %` });
    line.style.left = `${goal}%`;
    scale.append(line);
  }
  if (share.trials > 0) {
    const interval = element('span', { className: 'interval' });
    interval.style.left = `${100 * share.low}%`;
    interval.style.width = `${100 * (share.high - share.low)}%`;
    const point = element('span', { className: 'point' });
    point.style.left = `${(100 * share.hits) / share.trials}%`;
    scale.append(interval, point);
  }
  const said = share.trials === 0 ? 'nobody has answered' : `${percent(share.hits / share.trials)} (${percent(share.low)} to ${percent(share.high)}), ${share.hits} of ${share.trials}`;
  return element('div', { className: 'share' }, element('strong', {}, name), scale, element('span', { className: 'hint' }, said));
}

const Z = 1.959963984540054;

/** Shares of several studies together. */
export function sum(shares) {
  const hits = shares.reduce((total, share) => total + share.hits, 0);
  const trials = shares.reduce((total, share) => total + share.trials, 0);
  if (trials === 0) {
    return { hits, trials, low: 0, high: 1 };
  }
  const share = hits / trials;
  const square = (Z * Z) / trials;
  const center = (share + square / 2) / (1 + square);
  const half = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials));
  return { hits, trials, low: Math.max(0, center - half), high: Math.min(1, center + half) };
}
