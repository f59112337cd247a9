// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Utterance

/// How fast a model's text becomes pieces, on one core: the whole text stage, from reasoning tags to spoken runs.
///
/// Without arguments a table of megabytes per second, by kind of text and size. With the name of a kind and a number of
/// bytes, one run that prints nothing, for `valgrind --tool=callgrind`. The script Benchmarks/text-stage runs both.
@main enum TextStage {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.isEmpty {
            printTable(sizes: [1, 4, 16])
        } else if arguments.first == "--kinds" {
            print(SampleText.allCases.map(\.rawValue).joined(separator: "\n"))
        } else if let kind = SampleText(rawValue: arguments.first ?? ""), let size = arguments.last.flatMap({ Int($0) })
        {
            _ = measured(of: kind.fragments(bytes: size))
        } else {
            print("usage: text-stage [--kinds | KIND BYTES]")
        }
    }

    private static func printTable(sizes: [Int]) {
        print("MB/s of", sizes.map { "\($0) MB" }.joined(separator: ", "), "(linear: the same in each column)")
        for kind in SampleText.allCases {
            let rates = sizes.map { rate(of: kind, bytes: $0 * 1_000_000) }
            print(
                kind.rawValue.padded(to: 22), rates.map { "\($0)".padded(to: 5, atFront: true) }.joined(separator: " "))
        }
    }

    /// Megabytes per second, tenths kept.
    private static func rate(of kind: SampleText, bytes: Int) -> Double {
        let fragments = kind.fragments(bytes: bytes)
        let clock = MonotonicClock()
        let start = clock.now
        _ = measured(of: fragments)
        let passed = start.duration(to: clock.now)
        return (Double(bytes) / passed.inSeconds / 100_000).rounded() / 10
    }

    /// The number of events that the text makes, so that no work can be optimized away. The script counts what is
    /// executed in here, by this name.
    @inline(never)
    private static func measured(of fragments: [String]) -> Int {
        var stream = SentenceStream(TextOptions())
        let now = Moment(sinceZero: .zero)
        var count = 0
        for fragment in fragments { count += stream.append(fragment, at: now, ahead: nil).count }
        return count + stream.finish(at: now).count
    }
}

extension String {
    fileprivate func padded(to width: Int, atFront: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - count))
        return atFront ? blanks + self : self + blanks
    }
}
