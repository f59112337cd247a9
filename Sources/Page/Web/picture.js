// SPDX-License-Identifier: GPL-3.0-or-later
//
// The picture of the pipeline.

import { $, frame } from './document.js';
import { t } from './words.js';

/** Draws when each piece was written, voiced and heard, one row for each. */
export class Picture {
  #canvas = $('timeline');
  #colors = {};

  constructor() {
    const readColors = () => {
      const style = getComputedStyle(document.documentElement);
      for (const name of ['written', 'on-written', 'voiced', 'heard', 'on-heard', 'line', 'soft', 'faint', 'ink']) {
        this.#colors[name] = style.getPropertyValue(`--${name}`).trim();
      }
      this.#colors.font = getComputedStyle(document.body).fontFamily;
      frame.ask();
    };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', readColors);
    new ResizeObserver(() => frame.ask()).observe(this.#canvas);
    readColors();
  }

  draw(answer) {
    const [width, height] = [this.#canvas.clientWidth, this.#canvas.clientHeight];
    if (!width || !height) return;
    const scale = devicePixelRatio || 1;
    if (this.#canvas.width !== Math.round(width * scale) || this.#canvas.height !== Math.round(height * scale)) {
      this.#canvas.width = Math.round(width * scale);
      this.#canvas.height = Math.round(height * scale);
    }
    const context = this.#canvas.getContext('2d');
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const left = 62;
    const rows = (height - 18) / 3;
    const layout = { context, left, width: width - left - 4, height, rows, ...this.#span(answer, width) };
    this.#drawRows(layout);
    this.#drawPieces(layout, answer);
    const pieces = answer.pieces.filter(Boolean);
    const count = (key) => pieces.filter((piece) => piece[key] !== undefined).length;
    const counts = t('timelineNow', pieces.length, count('made'), count('heard'));
    const label = `${t('timeline')}: ${counts}`;
    if (this.#canvas.ariaLabel !== label) this.#canvas.ariaLabel = label;
  }

  /** The stretch of time that is shown. */
  #span(answer, width) {
    const least = 8000;
    const most = width < 500 ? 16000 : 30000;
    const ends = answer.pieces.flatMap((piece) => piece ? [piece.made ?? 0, piece.heard ?? 0] : []);
    if (answer.hasEnded) return { from: 0, to: Math.max(least / 4, answer.end ?? 0, ...ends) * 1.02 };
    const to = Math.max(least, answer.now + answer.ahead + 500);
    return { from: Math.max(0, to - most), to };
  }

  #drawRows({ context, left, width, rows, from, to }) {
    const names = ['written', 'voiced', 'heard'];
    context.font = `12px ${this.#colors.font}`;
    context.textBaseline = 'middle';
    context.lineWidth = 1;
    names.forEach((name, row) => {
      context.fillStyle = this.#colors.soft;
      context.textAlign = 'left';
      context.fillText(t(name), 0, row * rows + rows / 2);
    });
    context.strokeStyle = this.#colors.line;
    context.fillStyle = this.#colors.faint;
    context.textAlign = 'center';
    context.font = `11px ${this.#colors.font}`;
    const wanted = (to - from) / Math.max(2, width / 90);
    const step = [500, 1000, 2000, 5000, 10000, 30000, 60000, 300000].find((each) => each >= wanted) ?? 600000;
    for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) {
      const x = Math.round(left + (tick - from) / (to - from) * width) + 0.5;
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, rows * 3 + 2);
      context.stroke();
      if (x < left + width - 12) context.fillText(t('seconds', tick / 1000), x, rows * 3 + 11);
    }
  }

  #drawPieces({ context, left, width, rows, from, to }, answer) {
    const now = answer.hasEnded ? answer.end ?? to : answer.now;
    const x = (moment) => left + Math.max(0, (moment - from) / (to - from)) * width;
    const bar = (row, start, end, name, opacity, label) => {
      if (end < from || start > to || !(end >= start)) return;
      const [begin, size] = [x(start), Math.max(3, x(Math.min(end, to)) - x(start) - 1.5)];
      context.globalAlpha = opacity;
      context.fillStyle = this.#colors[name];
      context.beginPath();
      context.roundRect(begin, row * rows + 3, size, rows - 6, Math.min(4, size / 2));
      context.fill();
      if (label && size > 18) {
        context.globalAlpha = 1;
        context.fillStyle = this.#colors[opacity < 1 ? 'soft' : `on-${name}`];
        context.fillText(label, begin + size / 2, row * rows + rows / 2 + 0.5);
      }
      context.globalAlpha = 1;
    };
    context.save();
    context.beginPath();
    context.rect(left - 1, 0, width + 4, rows * 3 + 2);
    context.clip();
    context.font = `600 11px ${this.#colors.font}`;
    bar(0, 0, Math.min(answer.firstText ?? now, now), 'written', 0.25);
    let planned = now;
    let cut = answer.firstText ?? 0;
    let free = 0;
    answer.pieces.forEach((piece, index) => {
      if (!piece) return;
      const label = String(index + 1);
      cut = piece.cut;
      bar(0, piece.from, piece.cut, 'written', 1, label);
      // One piece at a time is voiced, and each waits until not much sound is left.
      const wait = Math.max(free, piece.cut);
      if (piece.made !== undefined) {
        bar(1, wait, piece.made, 'voiced', 0.3, label);
        bar(1, piece.made - 1, piece.made, 'voiced', 1);
      } else if (free < Infinity) {
        bar(1, wait, Math.min(now, to), 'voiced', 0.15, label);
      }
      free = piece.made ?? Infinity;
      if (piece.heard !== undefined) {
        bar(2, piece.sounds, piece.heard, 'heard', 1, label);
      } else if (piece.sounds !== undefined) {
        const end = piece.sounds + (piece.duration ?? 0);
        if (!answer.hasEnded) bar(2, piece.sounds, Math.max(end, now), 'heard', 0.28);
        bar(2, piece.sounds, Math.min(now, to), 'heard', 1, label);
        planned = Math.max(now, end);
      } else if (piece.duration !== undefined && !answer.hasEnded) {
        bar(2, planned, planned + piece.duration, 'heard', 0.28, label);
        planned += piece.duration;
      }
    });
    // What is being written, until the model pauses or has ended.
    if (!answer.hasEnded && answer.lastText > cut && now - answer.lastText < 1500) bar(0, cut, now, 'written', 0.45);
    if (!answer.hasEnded) {
      context.fillStyle = this.#colors.ink;
      context.fillRect(x(now), 0, 1.5, rows * 3 + 2);
    }
    context.restore();
  }
}
