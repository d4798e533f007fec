// Walk through one episode of a machine with a memory. `box` is the element that holds the numbers,
// a slider, a button, a line of text and a canvas; see `stepper_block` of report.py. No names leave it.
const D = JSON.parse(box.querySelector("script").textContent), T = D.T, n = D.rows.length;
const bytes = s => Uint8Array.from(atob(s), c => c.charCodeAt(0));
const w = bytes(D.w), M = new Int8Array(bytes(D.M).buffer), W = D.heads - D.R, flat = !("I" in D);
const W0 = 800, left = 70, right = 10, cw = (W0 - left - right)/T;
const channels = flat ? [D.x[0].length, D.y[0].length, D.y[0].length] : [D.I, D.O, D.O];
const high = channels.map(k => flat ? Math.min(84, Math.max(14, 8*k)) : 60);
const rh = Math.max(5, Math.min(13, 360/n)), top = high.reduce((a, b) => a + b + 6, 4) + 30;
const H0 = Math.max(top + n*rh + 12, top + 24 + 18*D.heads + 12);
const cv = box.querySelector("canvas"), g = cv.getContext("2d"), dpr = window.devicePixelRatio || 1;
cv.width = W0*dpr; cv.height = H0*dpr; g.scale(dpr, dpr);
const READ = "#0072b2", WRITE = "#882255", GOOD = "#2a8f5b", BAD = "#c23b3b";
const mix = (v, r, gr, b) => `rgb(${255 - (255 - r)*v},${255 - (255 - gr)*v},${255 - (255 - b)*v})`;
const sign = v => v > 0 ? mix(Math.min(v, 1), 178, 24, 43) : mix(Math.min(-v, 1), 33, 102, 172);
const text = (s, x, y, align, colour) => { g.textAlign = align || "left";
  g.fillStyle = colour || "#333"; g.fillText(s, x, y); };
const big = flat ? Math.max(1, ...D.x.map(v => Math.max(...v.map(Math.abs)))) : 1;
function strip(k, y0, t) { // 0: input, 1: target, 2: output
  const v = [D.x, D.y, D.p][k], h = high[k], K = channels[k];
  g.fillStyle = "#f7f7f7"; g.fillRect(left, y0, cw*T, h);
  for (let s = 0; s < T; s++) {
    if (k && !D.on[s]) continue;
    if (flat) for (let i = 0; i < K; i++) {
      const u = v[s][i], ok = k == 2 && (u > .5) == (D.y[s][i] > .5);
      g.fillStyle = k == 0 ? sign(u/big) : k == 1 ? mix(u, 42, 143, 91)
        : ok ? mix(u, 31, 95, 168) : mix(.35 + .65*u, 194, 59, 59);
      g.fillRect(left + s*cw, y0 + i*h/K, Math.ceil(cw), Math.ceil(h/K)); }
    else if (v[s] >= 0) { g.fillStyle = k == 0 ? READ : k == 1 ? GOOD : v[s] == D.y[s] ? READ : BAD;
      g.fillRect(left + s*cw, y0 + (h - 4)*v[s]/K, Math.max(2, cw - 1), 4); } }
  text(["input", "target", "output"][k], left - 8, y0 + h/2 + 4, "right");
  g.strokeStyle = BAD; g.lineWidth = 1.5; g.strokeRect(left + t*cw, y0, cw, h); }

function draw(t) {
  g.clearRect(0, 0, W0, H0); g.font = "12px system-ui, sans-serif";
  for (let k = 0, y = 4; k < 3; y += high[k] + 6, k++) strip(k, y, t);
  const mw = 240, x0 = 230, room = 150;
  text(`after step ${t}: ${n} of ${D.N} rows`, x0 + mw/2, top - 8, "center");
  text(D.R > 1 ? "read heads" : "read head", x0 - 8, top - 8, "right", READ);
  text(W > 1 ? "write heads" : "write head", x0 + mw + 8, top - 8, "left", WRITE);
  for (let i = 0; i < n; i++) {
    const y = top + i*rh;
    for (let j = 0; j < D.width; j++) { g.fillStyle = sign(M[(t*n + i)*D.width + j]/127);
      g.fillRect(x0 + j*mw/D.width, y, mw/D.width + .5, rh - .5); }
    for (let h = 0; h < D.heads; h++) {
      const r = h < D.R, k = r ? h : h - D.R, slot = room/(r ? D.R : W);
      const v = w[(t*D.heads + h)*n + i]/250;
      g.fillStyle = r ? READ : WRITE;
      g.fillRect(r ? x0 - 4 - k*slot - v*slot*.9 : x0 + mw + 4 + k*slot, y, v*slot*.9, rh - 1); }
    if (i == 0 || i == n - 1 || D.rows[i] % 5 == 0 && n - 1 - i > 12/rh && i > 12/rh)
      text(D.rows[i], 44, y + rh/2 + 4, "right", "#888"); }
  g.strokeStyle = "#999"; g.lineWidth = .5; g.strokeRect(x0, top, mw, n*rh);
  ["g", "\u03b2", "\u03b3", "shift"].forEach((s, k) => text(s, 690 + 34*k, top + 6, "right"));
  for (let h = 0; h < D.heads; h++) {
    const y = top + 24 + 18*h, r = h < D.R;
    text(r ? "R" + (h + 1) : "W" + (h - D.R + 1), 640, y, "left", r ? READ : WRITE);
    [D.gate, D.strength, D.sharpening, D.shift].forEach((v, k) =>
      text(v[t][h].toFixed(v[t][h] < 100 ? 2 : 0), 690 + 34*k, y, "right")); }
  let said = "step " + t + " of " + (T - 1);
  if (!flat && D.words) { const [heard, out] = D.words;
    if (D.x[t] >= 0) said += ": hears " + heard[D.x[t]];
    if (D.on[t]) said += "; should say " + out[D.y[t]] + ", says " + out[D.p[t]]; }
  else if (D.on[t]) { const off = (v, i) => (v > .5) != (D.p[t][i] > .5);
    const bad = flat ? D.y[t].filter(off).length : +(D.y[t] != D.p[t]);
    said += bad ? "; wrong: " + bad : "; right"; }
  box.querySelector("output").textContent = said; dial.value = t; now = t; }

let now = 0, timer = null;
const dial = box.querySelector("input"), button = box.querySelector("button");
const stop = () => { clearInterval(timer); timer = null; button.textContent = "play"; };
dial.addEventListener("input", () => { stop(); draw(+dial.value); });
button.addEventListener("click", () => { if (timer) return stop();
  button.textContent = "stop"; if (now == T - 1) draw(0);
  timer = setInterval(() => now < T - 1 ? draw(now + 1) : stop(), 250); });
cv.addEventListener("click", ev => { const r = cv.getBoundingClientRect();
  const t = Math.floor(((ev.clientX - r.left)*W0/r.width - left)/cw);
  if (t >= 0 && t < T) { stop(); draw(t); } });
draw(+box.dataset.start);
