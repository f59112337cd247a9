// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Synchronization
import Threads
package import Utterance

/// Writes sound to a WAV file or pipe as fast as it is made.
///
/// The producer's thread writes, and waits for a slow pipe. A file's header is corrected after every write, so that a
/// file that is cut short at any moment is valid. Reports are stamped when the sound is written.
package final class WAVFileOutput: SoundOutput, @unchecked Sendable {
    // Sendable: `piece` and `frames` belong to the producer; everything else is guarded.

    private enum Destination {
        case path(String)
        case descriptor(CInt)
    }

    private struct State {
        var file: OutputFile?
        var format = PCMFormat(rate: 22_050)
        var fault: Fault?
        var hasHeader = false
    }

    private struct Piece {
        var index: Int
        var utterance: Int
        var isSilentSoFar = true
    }

    private let destination: Destination
    private let state = Mutex(State())
    private let utterances = Watched(Utterances())

    private var piece: Piece?
    private var frames = 0

    /// A new file at `path`. An existing one is replaced when the output is opened.
    package convenience init(path: String) {
        self.init(.path(path))
    }

    /// A WAV stream on a descriptor that the caller keeps, such as standard output. Its sizes are unknown.
    package convenience init(descriptor: CInt) {
        self.init(.descriptor(descriptor))
    }

    private init(_ destination: Destination) {
        self.destination = destination
    }

    package var isLive: Bool { false }
    package var ahead: Duration { .zero }

    @discardableResult
    package func startUtterance() -> PlaybackReports {
        state.withLock(\.file)?.mayWait()
        let utterance = utterances.change { $0.start() }
        return PlaybackReports { [utterances] in await utterances.waitRegardless { $0.nextReport(of: utterance) } }
    }

    package func open(_ format: PCMFormat) async throws {
        guard state.withLock({ $0.file == nil }) else { return }
        let file =
            switch destination {
            case .path(let path): try OutputFile(path: path)
            case .descriptor(let descriptor): OutputFile(descriptor: descriptor)
            }
        state.withLock { state in
            state.file = file
            state.format = format
        }
    }

    package func waitUntilAhead(isAtMost limit: Duration) async throws {
        try Task.checkCancellation()
        try throwFault()
    }

    package func begin(piece index: Int, pause: Duration) {
        piece = admitted.map { Piece(index: index, utterance: $0) }
        guard frames > 0, piece != nil else { return }
        let format = state.withLock(\.format)
        let silence = [Int16](repeating: 0, count: format.frames(in: pause))
        _ = append(silence.span)
    }

    package func write(_ samples: Span<Int16>, marks: [WordMark]) -> Bool {
        guard let current = piece, admitted == current.utterance, append(samples) else { return false }
        let now = MonotonicClock().now
        if current.isSilentSoFar, !samples.isEmpty {
            piece?.isSilentSoFar = false
            report(.soundStart(piece: current.index, at: now))
        }
        for mark in marks { report(.word(piece: current.index, spoken: mark.spoken, at: now)) }
        return true
    }

    package func endPiece() {
        guard let ended = piece else { return }
        // Don't mark the end of a piece that was rejected in its middle: it was not heard to its end.
        if admitted == ended.utterance { report(.heard(piece: ended.index, at: MonotonicClock().now)) }
        piece = nil
    }

    package func drain() async throws {
        // An utterance without sound makes a WAV file without sound, not an empty file.
        try await writeHeader()
        end()
        try throwFault()
    }

    package func drop() async {
        stopTaking()
        state.withLock(\.file)?.stopWaiting()
        end()
    }

    /// A file has no real time that could be paused.
    package func pause() async {}

    package func resume() async {}

    package func close() async {
        stopTaking()
        state.withLock { $0.file = nil }
    }

    private var admitted: Int? { utterances.read(\.admitted) }

    private func stopTaking() {
        utterances.change { $0.close($0.latest) }
    }

    /// Appends samples, after the header if they are the first.
    ///
    /// - Returns: `false` if the file failed or the utterance was dropped.
    private func append(_ samples: Span<Int16>) -> Bool {
        let (file, format, hasHeader) = state.withLock { state in
            (state.fault == nil ? state.file : nil, state.format, state.hasHeader)
        }
        guard let file else { return false }
        do throws(Fault) {
            if !hasHeader {
                let header = WAVHeader(format: format, frames: file.isRegular ? 0 : nil).bytes
                guard unsafe try file.write(header.span.bytes) else { return false }
                state.withLock { $0.hasHeader = true }
            }
            // Little endian, like every machine that this is built for.
            guard unsafe try file.write(samples.bytes) else { return false }
            frames += samples.count
            if file.isRegular {
                let header = WAVHeader(format: format, frames: frames).bytes
                unsafe try file.rewrite(header.span.bytes)
            }
            return true
        } catch {
            state.withLock { $0.fault = error }
            report(.failed(error))
            return false
        }
    }

    /// Writes the header if there isn't one yet. A pipe may be full, so a separate thread waits; the wait ends when the
    /// task is cancelled.
    private func writeHeader() async throws {
        let (file, hasHeader) = state.withLock { ($0.file, $0.hasHeader) }
        guard !hasHeader else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                startThread(name: "utter-wav") {
                    let nothing: [Int16] = []
                    _ = self.append(nothing.span)
                    continuation.resume()
                }
            }
        } onCancel: {
            file?.stopWaiting()
        }
        try Task.checkCancellation()
    }

    private func report(_ report: PlaybackReport) {
        utterances.change { [utterance = piece?.utterance] in $0.report(report, of: utterance ?? $0.latest) }
    }

    private func end() {
        utterances.change { $0.end($0.latest) }
    }

    private func throwFault() throws {
        if let fault = state.withLock(\.fault) { throw fault }
    }
}
