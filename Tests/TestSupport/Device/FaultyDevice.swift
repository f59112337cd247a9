// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization
import Threads

/// The device `faulty`: hardware that is unplugged, taken, suspended or made to hang when a test says so, and that
/// records what is heard. There is one.
///
/// Its driver (faulty.c) is compiled when it is first needed; alsa-lib loads it like any other.
@safe
package struct FaultyDevice: @unchecked Sendable {
    // Sendable: the variables behind the handle are atomic in C, or only read while nothing is played.
    private let library: UnsafeMutableRawPointer

    package static let name = "faulty"

    /// A device with the same driver, but without a mixer, for a program that a test runs; see ``environment(heldWhile:)``.
    package static let otherName = "held"

    /// The environment that a program needs to play to ``otherName``.
    ///
    /// - Parameter file: while it exists, sound begins but doesn't end.
    package static func environment(heldWhile file: String) -> [String: String] {
        SoundWorld.environment.merging(["FAULTY_HOLD": file]) { $1 }
    }

    /// How it may fail.
    package enum Failure: String, Sendable, CaseIterable {
        /// Every call fails until it is plugged in again.
        case unplugged
        case inputOutputError
        case badState
        /// Another program uses it; a handle that is open stays open.
        case busy
        /// It accepts sound but plays none.
        case stalled
        /// Its calls don't return.
        case hangs

        /// Its code in the driver.
        fileprivate var code: CInt {
            switch self {
            case .unplugged: ENODEV
            case .inputOutputError: EIO
            case .badState: EBADFD
            case .busy: EBUSY
            case .stalled: -1
            case .hangs: -2
            }
        }
    }

    /// Lends the device to one test at a time, in its initial state.
    ///
    /// - Parameters:
    ///   - waits: whether it never runs dry, however late its sound comes: for tests of what is heard on a busy machine.
    ///   - isQuick: whether it also takes no time to play.
    package static func lend<Result: Sendable>(
        waits: Bool = false, isQuick: Bool = false, _ body: (FaultyDevice) async throws -> Result
    ) async throws -> Result {
        await withCheckedContinuation { continuation in
            let isFree = turns.withLock { turns in
                defer { turns.isTaken = true }
                if turns.isTaken { turns.waiting.append(continuation) }
                return !turns.isTaken
            }
            if isFree { continuation.resume() }
        }
        defer {
            let next = turns.withLock { turns in
                turns.isTaken = !turns.waiting.isEmpty
                return turns.waiting.isEmpty ? nil : turns.waiting.removeFirst()
            }
            next?.resume()
        }
        guard let device = try await made.value else { throw ChildProcess.NotStarted(program: "cc", code: ENOENT) }
        device.reset(waits: waits, isQuick: isQuick)
        defer { device.mend() }
        return try await body(device)
    }

    private static let turns = Mutex<(isTaken: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

    /// `nil` if there is no C compiler. Compiling takes a while, so a separate thread does it.

    private static let made: Signal<FaultyDevice?> = {
        let made = Signal<FaultyDevice?>()
        startThread(name: "compiler") { made.set(FaultyDevice()) }
        return made
    }()

    package static var isAvailable: Bool {
        get async throws {
            if SoundWorld.mustRun { return true }
            return try await made.value != nil
        }
    }

    private init?() {
        let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex))
        let library = "\(SoundWorld.shared.folder)/faulty.so"
        let compiler = try? ChildProcess(
            [
                "/bin/sh", "-c",
                #"$(command -v cc || echo clang) -shared -fPIC -DPIC -o "$1" "$0" -lasound 2>/dev/null"#,
                "\(folder)/faulty.c", library,
            ])
        while compiler?.readByte() != nil {}
        guard let handle = unsafe dlopen(library, RTLD_NOW) else { return nil }
        unsafe self.library = handle
    }

    private subscript(name: String) -> CInt {
        get { unsafe variable(name)?.pointee ?? 0 }
        nonmutating set { unsafe variable(name)?.pointee = newValue }
    }

    private func variable(_ name: String) -> UnsafeMutablePointer<CInt>? {
        unsafe dlsym(library, "faulty_\(name)")?.assumingMemoryBound(to: CInt.self)
    }

    private func reset(waits: Bool, isQuick: Bool) {
        mend()
        self["fails_at"] = -1
        self["holds_at"] = -1
        self["waits"] = waits ? 1 : 0
        self["quick"] = isQuick ? 1 : 0
        self["heard"] = 0
        self["mixers"] = 0
        self["questions"] = 0
    }

    /// Makes it fail from now on.
    package func fail(_ failure: Failure) {
        switch failure {
        case .stalled: self["stalls"] = 1
        case .hangs: self["hangs"] = 1
        default: self["error"] = failure.code
        }
    }

    /// Makes it fail once this frame was heard.
    package func fail(_ failure: Failure, atFrame frame: Int) {
        self["next_error"] = failure.code
        self["fails_at"] = CInt(frame)
    }

    /// Makes it play up to this frame and no further, until it is repaired.
    package func hold(atFrame frame: Int) {
        self["holds_at"] = CInt(frame)
    }

    package func mend() {
        self["holds_at"] = -1
        self["error"] = 0
        self["stalls"] = 0
        self["hangs"] = 0
    }

    package func unplug() { fail(.unplugged) }

    package func plugIn() { mend() }

    /// Suspends the system, and wakes it at once.
    ///
    /// - Parameter forgets: whether the device can't continue where it was.
    package func suspend(forgets: Bool) {
        self["forgets"] = forgets ? 1 : 0
        self["error"] = ESTRPIPE
    }

    /// How often it was prepared because it could not continue after a suspend.
    package var restarts: Int { Int(self["restarts"]) }

    /// How often it was opened.
    package var openings: Int { Int(self["openings"]) }

    /// How often its mixer, whose descriptor always reports an error, was asked what has changed. It can be opened
    /// once.
    package var mixerQuestions: Int { Int(self["questions"]) }

    /// What was heard since it was reset; complete once it is closed.
    package var heard: [Int16] {
        guard let sound = unsafe dlsym(library, "faulty_sound")?.assumingMemoryBound(to: Int16.self) else { return [] }
        return unsafe Array(UnsafeBufferPointer(start: sound, count: Int(self["heard"])))
    }
}
