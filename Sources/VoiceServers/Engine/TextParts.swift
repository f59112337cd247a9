// SPDX-License-Identifier: GPL-3.0-or-later
import Speech

/// Cuts a text that would take a server too long into parts, so that the first sound comes soon and the next is made
/// while it is heard.
struct TextParts {
    /// A part that is spoken in less time is not worth a request of its own.
    private static let shortest = Duration.milliseconds(700)
    /// The same for a part that ends after any word, where nobody would pause.
    private static let shortestToWord = Duration.milliseconds(1_500)
    /// A longer silence is worse than a pause between two words of a sentence.
    private static let longestSilence = Duration.milliseconds(500)

    /// Where the next part of `text` ends, in UTF-8 bytes from the beginning of the text.
    ///
    /// - Parameters:
    ///   - start: where the part begins.
    ///   - budget: how long the server may take to make the part.
    ///   - cutsAtWords: whether a part may end after any word if one that ends with a clause would leave a silence.
    ///   - making: how long the server takes to make sound of a given length.
    static func end(
        of text: String, from start: Int, within budget: Duration, cutsAtWords: Bool = false,
        making: (Duration) -> Duration
    ) -> Int {
        let length = text.utf8.count
        let rest = VoiceParameters.usualTime(of: text.bytes(start..<length))
        guard making(rest) > budget else { return length }
        func time(to end: Int) -> Duration { VoiceParameters.usualTime(of: text.bytes(start..<end)) }
        func ends(_ ends: [Int], leaving shortest: Duration) -> [Int] {
            ends.filter { $0 > start && time(to: $0) >= shortest && rest - time(to: $0) >= shortest }
        }
        let clauses = ends(clauseEnds(of: text), leaving: shortest)
        if let best = clauses.last(where: { making(time(to: $0)) <= budget }) { return best }
        let whole = clauses.first ?? length
        guard cutsAtWords, making(time(to: whole)) > budget + longestSilence else { return whole }
        let words = ends(wordEnds(of: text), leaving: shortestToWord).filter { $0 < whole }
        return words.last { making(time(to: $0)) <= budget } ?? words.first ?? whole
    }

    /// The offsets after the spaces between words.
    private static func wordEnds(of text: String) -> [Int] {
        text.utf8.enumerated().compactMap { $0.element == UInt8(ascii: " ") ? $0.offset + 1 : nil }
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
