// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Utterance

/// Cuts a text that would take a server too long into parts, so that the first sound comes soon and the next is made
/// while it is heard.
struct TextParts {
    /// A part that is spoken in less time is not worth a request of its own.
    private static let shortest = Duration.milliseconds(700)

    /// Where the next part of `text` ends, in UTF-8 bytes from the beginning of the text.
    ///
    /// - Parameters:
    ///   - start: where the part begins.
    ///   - budget: how long the server may take to make the part.
    ///   - making: how long the server takes to make sound of a given length.
    static func end(
        of text: String, from start: Int, within budget: Duration, making: (Duration) -> Duration
    ) -> Int {
        let length = text.utf8.count
        let rest = VoiceParameters.usualTime(of: text.bytes(start..<length))
        guard making(rest) > budget else { return length }
        var first: Int?
        var best: Int?
        for end in clauseEnds(of: text) where end > start {
            let time = VoiceParameters.usualTime(of: text.bytes(start..<end))
            guard time >= shortest, rest - time >= shortest else { continue }
            first = first ?? end
            if making(time) <= budget { best = end }
        }
        return best ?? first ?? length
    }

    /// The offsets after the marks where a speaker pauses within a sentence, and after the blanks that follow them.
    private static func clauseEnds(of text: String) -> [Int] {
        var ends: [Int] = []
        var offset = 0
        var mark: Character?
        for character in text {
            if let last = mark {
                // In Latin text, a blank follows: `1,000` is one number.
                if character.isWhitespace {
                    offset += character.utf8.count
                    ends.append(offset)
                    mark = nil
                    continue
                }
                if !last.isASCII { ends.append(offset) }
            }
            mark = ",;:!?—–，；：、！？".contains(character) ? character : nil
            offset += character.utf8.count
        }
        return ends
    }
}
