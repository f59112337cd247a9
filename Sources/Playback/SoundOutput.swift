// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Where the sound of an answer goes: a device, a file or a pipe. One utterance after the other.
///
/// Three parties use it. The *conductor* (one task) starts, opens, waits, drains, drops, pauses. The *producer* (the
/// speech thread) calls ``begin(piece:pause:)``, ``write(_:marks:)`` and ``endPiece()``. One *listener* reads the
/// reports.
///
/// An utterance is: ``startUtterance()``, ``open(_:)``, pieces, then ``drain()`` or ``drop()``.
package protocol SoundOutput: Sendable {
    /// True if sound is heard as time passes (a device): then pieces are paced. False for files and pipes.
    var isLive: Bool { get }

    /// Waits for a device that hangs since an earlier utterance, for as long as its limits allow; if it still hangs then,
    /// the next utterance fails. Returns at once otherwise, and when the task is cancelled.
    func recover() async

    /// Waits after an utterance that failed until it is worth reopening the output.
    ///
    /// - Parameter tell: told what is waited for, before the wait.
    /// - Throws: the fault, if waiting can't mend it or has lasted long enough; `CancellationError`.
    func recover(from fault: Fault, tell: (Notice) -> Void) async throws

    /// Lets the producer in: from here on, what is written belongs to the next utterance.
    ///
    /// Called when the producer of the utterance before has ended, and before anything else of this one.
    ///
    /// - Returns: what will be heard, and when. For one listener.
    @discardableResult
    func startUtterance() -> PlaybackReports

    /// Opens the device or file for sound of this format; returns at once if that is done already.
    ///
    /// A live output takes sound while it is being opened, so that opening overlaps with the first synthesis; one that
    /// is not live takes it from then on.
    ///
    /// - Throws: ``Fault`` with `deviceUnknown`, `deviceMissing`, `deviceBusy`, `deviceFailed` or `outputUnwritable`;
    ///   `CancellationError`.
    func open(_ format: PCMFormat) async throws

    /// Sound that lies ahead of the listener, here and in the device; zero if not live.
    var ahead: Duration { get }

    /// Returns as soon as at most `limit` lies ahead of the listener (and once that is so, within a period of the
    /// device). For one waiting task at a time.
    ///
    /// - Throws: `CancellationError`, or the ``Fault`` of a device that failed.
    func waitUntilAhead(isAtMost limit: Duration) async throws

    /// The producer begins a piece.
    ///
    /// - Parameters:
    ///   - index: the piece's place in the answer; it comes back in the reports.
    ///   - pause: the least distance from the last sound before; silence is added only as far as it has not yet
    ///     passed, and none where there was no sound before.
    func begin(piece index: Int, pause: Duration)

    /// The producer adds sound to the piece it began. Never waits for a device.
    ///
    /// - Parameter marks: words that begin in these samples or in later ones of the piece, in order.
    /// - Returns: false when synthesis is to stop: the utterance was dropped, or the output failed.
    func write(_ samples: Span<Int16>, marks: [WordMark]) -> Bool

    /// The producer ends the piece it began.
    func endPiece()

    /// Waits until everything was heard, to the last sample, and ends the utterance.
    ///
    /// - Throws: the ``Fault`` of a device or file that failed; `CancellationError`, after which ``drop()`` is due.
    func drain() async throws

    /// Plays silence in place of everything, from now on, or no longer. Time goes on.
    func mute(_ isMuted: Bool)

    /// Ends the utterance at once (barge-in): returns when the device is silent, and nothing of it is heard later.
    /// A device that hangs is given up soon; utterances fail until it is back.
    func drop() async

    /// Silence at once; ``resume()`` goes on at the word that was sounding.
    func pause() async

    func resume() async

    /// Gives everything back. Nothing may be called afterwards.
    func close() async
}

extension SoundOutput {
    package func recover() async {}

    /// A file that can't be written stays so.
    package func recover(from fault: Fault, tell: (Notice) -> Void) async throws { throw fault }

    /// A file is not heard as time passes.
    package func mute(_ isMuted: Bool) {}
}
