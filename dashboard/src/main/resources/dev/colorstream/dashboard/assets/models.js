import { ago, ask, count, element, notice } from './api.js';

const COLORS = ['#d6336c', '#5f8bff', '#e8890c', '#2fa36b', '#9a6cff', '#14a2b8'];
const EVERY_MS = 5000;
const id = (name) => document.getElementById(name);
const color = (index) => COLORS[index % COLORS.length];
let charts = [];

function card(title, big, ...lines) {
  return element('div', { className: 'card' }, element('h3', {}, title), element('p', { className: 'big' }, big), ...lines.map((line) => element('p', {}, line)));
}

function dot(index) {
  const made = element('span', { className: 'dot' });
  made.style.background = color(index);
  return made;
}

function row(version, index) {
  const quarter = version.quarter;
  const cells = [count(version.minute.colored), count(quarter.colored), `${(100 * quarter.failureShare).toFixed(1)} %`,
    count(quarter.total.p50), count(quarter.total.p95), count(quarter.total.p99)];
  return element('tr', {}, element('th', { scope: 'row' }, dot(index), version.version), ...cells.map((cell) => element('td', {}, cell)));
}

/** One row of times for all versions; minutes without photos are gaps in time, but zero in rate. */
function series(versions, value, gap) {
  const now = Math.floor(Date.now() / 60000) * 60;
  const times = Array.from({ length: 120 }, (_, i) => now - (119 - i) * 60);
  return [times, ...versions.map((version) => {
    const byTime = new Map(version.history.map((point) => [Date.parse(point.from) / 1000, value(point)]));
    return times.map((time) => byTime.get(time) ?? gap);
  })];
}

function chart(place, versions, data) {
  const style = getComputedStyle(document.documentElement);
  const axis = { stroke: style.getPropertyValue('--soft'), grid: { stroke: style.getPropertyValue('--line'), width: 1 }, ticks: { stroke: style.getPropertyValue('--line') } };
  place.replaceChildren();
  return new window.uPlot({
    width: place.clientWidth, height: 220, legend: { show: false }, cursor: { y: false },
    scales: { y: { range: (u, min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [axis, { ...axis, size: 60 }],
    series: [{}, ...versions.map((version, i) => ({ label: version.version, stroke: color(i), width: 2, fill: `${color(i)}22`, points: { show: version.history.length < 3, size: 6 } }))],
  }, data, place);
}

function stages(version) {
  const times = Object.entries(version.quarter.stages);
  const longest = Math.max(1, ...times.map(([, q]) => q.p50));
  return element('div', { className: 'card' }, element('h3', {}, version.version), element('div', { className: 'bars' },
    ...times.map(([stage, q]) => {
      const fill = element('div', { className: 'fill' });
      fill.style.width = `${(100 * q.p50) / longest}%`;
      return element('div', { className: 'line' }, element('span', {}, stage), fill, element('span', {}, `${count(q.p50)} ms`));
    })));
}

async function refresh() {
  const told = await ask('/api/models');
  const versions = told.versions;
  id('empty').hidden = versions.length > 0;
  id('channels-section').hidden = told.channels.length === 0;
  id('channels').replaceChildren(...told.channels.map((one) => card(one.channel, one.version, `${Math.round(100 * one.share)} % of the photos since ${ago(one.announcedAt)}`, one.note)));
  id('versions-section').hidden = versions.length === 0;
  id('versions').tBodies[0].replaceChildren(...versions.map(row));
  const active = versions.filter((version) => Object.keys(version.quarter.stages).length > 0);
  id('stages-section').hidden = active.length === 0;
  id('stages').className = 'cards';
  id('stages').replaceChildren(...active.map(stages));
  id('workers-section').hidden = told.workers.length === 0;
  id('workers').replaceChildren(...told.workers.map((worker) => card(worker.worker, `${worker.perSecondMinute.toFixed(1)} photos/s`,
    `model ${worker.version ?? 'unknown'}`, `last seen ${ago(worker.lastSeen)}`,
    ...told.statuses.filter((status) => status.worker === worker.worker && status.status === 'refused').map((status) => `refused ${status.version}: ${status.detail}`))));
  if (versions.length > 0) {
    charts.forEach((old) => old.destroy());
    charts = [chart(id('chart-rate'), versions, series(versions, (point) => point.colored, 0)),
      chart(id('chart-time'), versions, series(versions, (point) => point.p95, null))];
  }
}

const again = () => refresh().catch((e) => notice(e.message));
again();
setInterval(again, EVERY_MS);
// Charts are drawn for one width and in the colors of day or night.
let resized = 0;
addEventListener('resize', () => { clearTimeout(resized); resized = setTimeout(again, 150); });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
