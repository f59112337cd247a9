// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// From offsets in the answer's text to the offsets that pieces are to have.
struct OffsetMap: Sendable {
    private let base: TextOptions.OffsetBase
    /// Where the answer's text comes from another place than right after what came before it.
    private var jumps = Queue<(answer: Int, shift: Int)>()
    /// The length of the answer's text so far.
    private(set) var end = 0

    init(base: TextOptions.OffsetBase) {
        self.base = base
    }

    /// `count` bytes of the answer's text stand at `input` of what was appended.
    mutating func append(_ count: Int, from input: Int) {
        if base == .input, (jumps.last?.shift ?? 0) != input - end { jumps.append((end, input - end)) }
        end += count
    }

    /// `text` with the offsets that its piece is to have. Must be called with rising texts.
    mutating func mapped(_ text: MappedText) -> MappedText {
        guard !jumps.isEmpty else { return text }
        var text = text
        while jumps.count > 1, let first = text.anchors.first, jumps[1].answer <= first.source { jumps.removeFirst() }
        for index in text.anchors.indices { text.anchors[index].source = shifted(text.anchors[index].source) }
        return text
    }

    private func shifted(_ offset: Int) -> Int {
        var shift = 0
        for index in 0..<jumps.count where jumps[index].answer <= offset { shift = jumps[index].shift }
        return offset + shift
    }
}
