// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import TestSupport
import Utterance

let format = PCMFormat(rate: 22_050)

extension SoundOutput {
    /// Says a piece like the speech thread, in chunks.
    @discardableResult
    func say(
        _ index: Int, _ samples: [Int16], pause: Duration = .zero, marks: [WordMark] = [], chunk: Int = 1_323
    ) -> Bool {
        begin(piece: index, pause: pause)
        defer { endPiece() }
        var start = 0
        while start < samples.count {
            let end = min(start + chunk, samples.count)
            let words = marks.filter { (start..<end).contains($0.frame) }
            guard write(samples.span.extracting(start..<end), marks: words) else { return false }
            start = end
        }
        return true
    }

    /// Writes samples without marks; a span can't be named in an expectation.
    func write(_ samples: [Int16]) -> Bool {
        write(samples.span, marks: [])
    }

}

extension PlaybackReports {
    /// All reports, once the utterance has ended.
    func all() async -> [PlaybackReport] {
        await reduce(into: []) { $0.append($1) }
    }
}

extension PlaybackReport {
    /// The report without its moment, for comparisons.
    var what: String {
        switch self {
        case .soundStart(let piece, _): "start \(piece)"
        case .word(let piece, let spoken, _): "word \(piece) \(spoken.lowerBound)"
        case .heard(let piece, _): "heard \(piece)"
        case .underrun: "underrun"
        case .starved: "starved"
        case .notice(let notice): "notice \(notice.code)"
        case .failed(let fault): "failed \(fault.code.rawValue)"
        }
    }

    var moment: Moment? {
        switch self {
        case .soundStart(_, let at), .word(_, _, let at), .heard(_, let at), .underrun(let at), .starved(let at): at
        case .notice, .failed: nil
        }
    }
}
