// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import FoundationEssentials
import Synchronization
import Threads
package import Utterance

/// A value that a file keeps across restarts, as JSON.
///
/// Saving returns at once. A thread, which lives as long as there is something to write, writes the latest value;
/// values that were replaced while it was busy are never written.
package final class PersistedValue<Value: Codable & Sendable>: Sendable {
    private struct State {
        /// The value that is not on disk yet.
        var next: Value?
        /// Fulfilled once everything was written; exists while the thread runs.
        var written: Promise<Void>?
        /// The value that could not be written in the last attempt, which was reported.
        var failed: Value?
        /// Whether the file can neither be read nor moved away, and is left alone.
        var isBlocked = false
    }

    private let file: AtomicFile
    private let onFailure: @Sendable (Fault) -> Void
    private let state = Mutex(State())

    /// - Parameter onFailure: called when writing starts to fail.
    package init(path: String, onFailure: @escaping @Sendable (Fault) -> Void) {
        file = AtomicFile(path: path)
        self.onFailure = onFailure
    }

    /// Reads the value; blocks. A file that can't be read or decoded is set aside.
    ///
    /// - Returns: the value if there is one, and a notice about a file that was set aside.
    package func load() -> (value: Value?, notice: Notice?) {
        do throws(Fault) {
            guard let bytes = try file.read() else { return (nil, nil) }
            if let value = try? JSONDecoder().decode(Value.self, from: Data(bytes)) { return (value, nil) }
            return (nil, setAside(because: "\(file.path) is damaged, or doesn't belong to Utter."))
        } catch {
            return (nil, setAside(because: error.message))
        }
    }

    /// Writes the value soon.
    package func save(_ value: Value) {
        let isFirst = state.withLock { state in
            guard !state.isBlocked else { return false }
            state.next = value
            guard state.written == nil else { return false }
            state.written = Promise()
            return true
        }
        if isFirst { startThread(name: "utter-state") { self.writeAll() } }
    }

    /// Writes soon what could not be written before, for example because the disk was full.
    package func retry() {
        let failed = state.withLock { $0.written == nil ? $0.failed : nil }
        if let failed { save(failed) }
    }

    /// Returns once everything saved was written or has failed, or at once if the task is cancelled.
    package func flush() async {
        let written = state.withLock { $0.written }
        try? await written?.value()
    }

    private func setAside(because reason: String) -> Notice {
        do throws(Fault) {
            let place = try file.setAside()
            return Notice("state_set_aside", "\(reason) It was set aside as \(place), and a new one is started.")
        } catch {
            state.withLock { $0.isBlocked = true }
            return Notice("state_blocked", "\(reason) \(error.message) So nothing is saved; move it away by hand.")
        }
    }

    private func writeAll() {
        while let value = next() {
            var fault: Fault?
            do {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                try file.write(Array(try encoder.encode(value)) + [UInt8(ascii: "\n")])
            } catch {
                fault = error as? Fault ?? Fault(.internalError, "Unexpected error, please report it: \(error).")
            }
            report(fault, of: value)
        }
    }

    /// Takes the value to write now; `nil` ends the thread.
    private func next() -> Value? {
        let (value, written) = state.withLock { state -> (Value?, Promise<Void>?) in
            if let value = state.next {
                state.next = nil
                return (value, nil)
            }
            defer { state.written = nil }
            return (nil, state.written)
        }
        written?.fulfill(())
        return value
    }

    private func report(_ fault: Fault?, of value: Value) {
        let isNews = state.withLock { state in
            defer { state.failed = fault == nil ? nil : value }
            return state.failed == nil
        }
        if let fault, isNews { onFailure(fault) }
    }
}
