// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Maps offsets in the answer's text to the offsets that pieces have.
struct OffsetMap: Sendable {
    private let base: TextOptions.OffsetBase
    /// Where the answer's text doesn't continue right after what came before it.
    private var jumps = Queue<(answer: Int, shift: Int)>()
    /// The length of the answer's text so far.
    private(set) var end = 0
    /// Where the text without terminal sequences doesn't continue right after what came before it in the input.
    private var inputJumps = Queue<(text: Int, shift: Int)>()
    private var textEnd = 0
    /// Where the last stretch of the answer began, in the text and in the answer.
    private var stretch = (text: 0, answer: 0)

    init(base: TextOptions.OffsetBase) {
        self.base = base
    }

    /// Records that `count` bytes of text come from `input` in what was appended.
    mutating func noteText(_ count: Int, from input: Int) {
        if base == .input, (inputJumps.last?.shift ?? 0) != input - textEnd {
            inputJumps.append((textEnd, input - textEnd))
        }
        textEnd += count
    }

    /// Records that `count` bytes of the answer's text are at `text` in the text, which includes reasoning.
    mutating func append(_ count: Int, from text: Int) {
        if text - end != stretch.text - stretch.answer { stretch = (text, end) }
        if base == .input {
            var start = text
            while start < text + count {
                while inputJumps.count > 1, inputJumps[1].text <= start { inputJumps.removeFirst() }
                // The first jump is behind, the second ahead.
                var shift = 0
                var next = Int.max
                if let first = inputJumps.first {
                    let isAhead = first.text > start
                    shift = isAhead ? 0 : first.shift
                    next = isAhead ? first.text : inputJumps.count > 1 ? inputJumps[1].text : .max
                }
                let length = min(next, text + count) - start
                let input = start + shift
                if (jumps.last?.shift ?? 0) != input - end { jumps.append((end, input - end)) }
                end += length
                start += length
            }
        } else {
            end += count
        }
    }

    /// The offset in the answer's text of `text`, which belongs to its last stretch, or else of that stretch's
    /// beginning.
    func answerOffset(of text: Int) -> Int {
        stretch.answer + max(0, text - stretch.text)
    }

    /// Returns `text` with the offsets that its piece has. Must be called in the order of the texts.
    mutating func mapped(_ text: MappedText) -> MappedText {
        guard !jumps.isEmpty else { return text }
        var text = text
        while jumps.count > 1, let first = text.anchors.first, jumps[1].answer <= first.source { jumps.removeFirst() }
        for index in text.anchors.indices { text.anchors[index].source = shifted(text.anchors[index].source) }
        return text
    }

    private func shifted(_ offset: Int) -> Int {
        var shift = 0
        for index in 0..<jumps.count {
            guard jumps[index].answer <= offset else { break }
            shift = jumps[index].shift
        }
        return offset + shift
    }
}
