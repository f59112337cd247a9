// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Where the sound of an answer goes: a device, a file or a pipe. One utterance after another.
///
/// Three parties use it. The *controller* (one task) starts, opens, waits, drains, drops and pauses. The *producer*
/// (the speech thread) calls ``begin(piece:pause:)``, ``write(_:marks:)`` and ``endPiece()``. One *listener* reads the
/// reports.
///
/// An utterance is: ``startUtterance()``, ``open(_:)``, pieces, then ``drain()`` or ``drop()``.
package protocol SoundOutput: Sendable {
    /// Whether sound is heard in real time, as through a device; then pieces are paced. False for files and pipes.
    var isLive: Bool { get }

    /// Waits for a device that has been hanging since an earlier utterance, as long as its limits allow; if it still
    /// hangs then, the next utterance fails. Otherwise returns at once, as it does when the task is cancelled.
    func recover() async

    /// After an utterance has failed, waits until it is worth reopening the output.
    ///
    /// - Parameter tell: called before the wait, with what is being waited for.
    /// - Throws: the fault, if waiting can't help or has lasted long enough; `CancellationError`.
    func recover(from fault: Fault, tell: (Notice) -> Void) async throws

    /// Admits the producer: from now on, what it writes belongs to the next utterance.
    ///
    /// Must be called once the producer of the last utterance has ended, and before anything else of this one.
    ///
    /// - Returns: what will be heard, and when. For a single listener.
    @discardableResult
    func startUtterance() -> PlaybackReports

    /// Opens the device or file for sound of this format; returns at once if it is already open.
    ///
    /// A live output accepts sound while it is being opened, so that opening overlaps with the first synthesis; others
    /// accept it only once they are open.
    ///
    /// - Throws: ``Fault`` with `deviceUnknown`, `deviceMissing`, `deviceBusy`, `deviceFailed` or `outputUnwritable`;
    ///   `CancellationError`.
    func open(_ format: PCMFormat) async throws

    /// The amount of sound that the listener has yet to hear, here and in the device; zero if not live.
    var ahead: Duration { get }

    /// Returns as soon as at most `limit` of sound is ahead of the listener, within a period of the device. For one
    /// waiting task at a time.
    ///
    /// - Throws: `CancellationError`, or the ``Fault`` of a device that failed.
    func waitUntilAhead(isAtMost limit: Duration) async throws

    /// Begins a piece. For the producer.
    ///
    /// - Parameters:
    ///   - index: the piece's index in the answer, which is used in the reports.
    ///   - pause: the shortest distance from the sound before it. Silence is only added for the part that has not
    ///     passed yet, and not if there was no sound before.
    func begin(piece index: Int, pause: Duration)

    /// Adds sound to the piece that was begun. For the producer; never waits for a device.
    ///
    /// - Parameter marks: words that begin in these samples or later in the piece, in order.
    /// - Returns: `false` if synthesis must stop: the utterance was dropped, or the output failed.
    func write(_ samples: Span<Int16>, marks: [WordMark]) -> Bool

    /// Ends the piece that was begun. For the producer.
    func endPiece()

    /// Waits until everything was heard, to the last sample, and ends the utterance.
    ///
    /// - Throws: the ``Fault`` of a device or file that failed; `CancellationError`, after which ``drop()`` must be
    ///   called.
    func drain() async throws

    /// Plays silence in place of everything from now on, or stops doing so. Time goes on.
    func mute(_ isMuted: Bool)

    /// Ends the utterance at once (barge-in). Returns once the device is silent, and nothing of it is heard later. A
    /// device that hangs is given up soon; utterances fail until it is back.
    func drop() async

    /// Silences the output at once; ``resume()`` continues with the word that was sounding.
    func pause() async

    func resume() async

    /// Releases everything. Nothing may be called after that.
    func close() async
}

extension SoundOutput {
    package func recover() async {}

    /// Waiting doesn't help if a file can't be written.
    package func recover(from fault: Fault, tell: (Notice) -> Void) async throws { throw fault }

    /// A file is not heard in real time.
    package func mute(_ isMuted: Bool) {}
}
