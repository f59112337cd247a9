// SPDX-License-Identifier: GPL-3.0-or-later

/** The lines of a paragraph as one text, whose places are known in the source. */
export class Stretch {
  text = '';
  #segments = [];

  constructor(source, lines) {
    lines.forEach((line, index) => {
      this.#segments.push({ start: this.text.length, from: line.at });
      this.text += source.slice(line.at, line.end);
      if (index === lines.length - 1) return;
      this.#segments.push({ start: this.text.length, from: line.next });
      this.text += '\n';
    });
  }

  /** Nodes for `start` up to `end`: one for each part that stands in one piece in the source. */
  nodes(start, end) {
    const nodes = [];
    this.#segments.forEach((segment, index) => {
      const stop = Math.min(end, this.#segments[index + 1]?.start ?? this.text.length);
      const begin = Math.max(start, segment.start);
      if (begin >= stop) return;
      const from = segment.from + begin - segment.start;
      const last = nodes.at(-1);
      if (last && last.from + last.text.length === from) last.text += this.text.slice(begin, stop);
      else nodes.push({ text: this.text.slice(begin, stop), from });
    });
    return nodes;
  }
}
