// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Utterance

/// Cuts a text that would take a server too long into parts, so that the first sound comes soon and the next is made
/// while it is heard.
struct TextParts {
    /// Shorter parts are not worth a voice's effort, in speaking time.
    private static let shortest = Duration.milliseconds(700)

    /// Where the next part of `text` ends, in UTF-8 bytes from the beginning of the text.
    ///
    /// - Parameters:
    ///   - start: where the part begins.
    ///   - budget: how long making it may take.
    ///   - making: how long making a text takes that sounds for so long.
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

    /// Behind the marks after which a speaker pauses within a sentence, and the blanks that follow them.
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
