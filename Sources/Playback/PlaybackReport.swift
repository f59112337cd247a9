// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What became audible or went wrong, and when.
///
/// The moments are computed from frames played, so they are exact even if the report comes later. Through a device they
/// are as accurate as the delay that its driver reports.
package enum PlaybackReport: Sendable, Hashable {
    /// The first sample of a piece became audible.
    case soundStart(piece: Int, at: Moment)
    /// A word became audible: its UTF-8 bytes in ``Piece/spoken``.
    case word(piece: Int, spoken: Range<Int>, at: Moment)
    /// The last sample of a piece has been audible.
    case heard(piece: Int, at: Moment)
    /// The device ran dry although there was sound to play: we were late, and the listener heard a gap.
    case underrun(at: Moment)
    /// There was no text: the next piece came later than its pause required. Not a fault of playback.
    case starved(at: Moment)
    /// Something the listener should know, such as that the device only accepts the sound through a converter.
    case notice(Notice)
    /// The output failed; this is the utterance's last report. It is missing if the device hangs: then only waiting
    /// callers get the fault.
    case failed(Fault)
}

/// The reports of one utterance, as they come. They end when it was drained, was dropped, or failed.
///
/// Cancelling the listener does not end them, since what was heard before a stop is needed after it. `drain()`,
/// `drop()` and the beginning of the next utterance do.
package struct PlaybackReports: AsyncSequence, Sendable {
    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let nextReport: @Sendable () async -> PlaybackReport?

        package mutating func next() async -> PlaybackReport? {
            await nextReport()
        }
    }

    private let nextReport: @Sendable () async -> PlaybackReport?

    /// - Parameter nextReport: waits for the next report; `nil` at the end.
    package init(nextReport: @escaping @Sendable () async -> PlaybackReport?) {
        self.nextReport = nextReport
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(nextReport: nextReport)
    }
}
