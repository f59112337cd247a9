// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What became audible, or went wrong, and when.
///
/// The moments are computed from frames played, so they are exact even when the report comes later; through a device
/// they are as good as its driver's idea of its own delay.
package enum PlaybackReport: Sendable, Hashable {
    /// The first sample of a piece became audible.
    case soundStart(piece: Int, at: Moment)
    /// A word began to be heard: its UTF-8 bytes in ``Piece/spoken``.
    case word(piece: Int, spoken: Range<Int>, at: Moment)
    /// The last sample of a piece has been audible.
    case heard(piece: Int, at: Moment)
    /// The device ran dry although there was sound to be played: we were late, and the listener heard a gap.
    case underrun(at: Moment)
    /// No text was there: the next piece came later than its pause asked for. Nobody's fault here.
    case starved(at: Moment)
    /// Worth saying, such as that the device takes the sound only through a converter.
    case notice(Notice)
    /// The output failed; it is the utterance's last report. Missing if the device hangs: only those who wait are told.
    case failed(Fault)
}

/// The reports of one utterance, as they come; they end when it was drained, was dropped or has failed.
///
/// Cancelling the listener does not end them, since what was heard up to a stop is wanted after it: `drain()` and
/// `drop()` do, and the beginning of the next utterance.
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
