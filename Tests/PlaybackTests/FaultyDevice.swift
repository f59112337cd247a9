// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import TestSupport
import Threads

/// The device `faulty`: hardware that is unplugged or put to sleep when a test says so. There is one.
///
/// Its driver (Driver/faulty.c) is compiled when it is first wanted; alsa-lib loads it as it does any other.
@safe
struct FaultyDevice: @unchecked Sendable {
    // Sendable: what the pointers point at is atomic in C.
    private let error: UnsafeMutablePointer<CInt>
    private let forgets: UnsafeMutablePointer<CInt>
    private let restartCount: UnsafeMutablePointer<CInt>

    static let name = "faulty"

    /// `nil` if there is no C compiler. Compiling takes a while, so it is done on a thread of its own.
    static var shared: FaultyDevice? {
        get async throws { try await made.value }
    }

    private static let made: Signal<FaultyDevice?> = {
        let made = Signal<FaultyDevice?>()
        startThread(name: "compiler") { made.set(FaultyDevice()) }
        return made
    }()

    static var isAvailable: Bool {
        get async throws {
            if SoundWorld.mustRun { return true }
            return try await shared != nil
        }
    }

    private init?() {
        let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex))
        let library = "\(SoundWorld.shared.folder)/faulty.so"
        let compiler = try? ChildProcess(
            [
                "/bin/sh", "-c",
                #"$(command -v cc || echo clang) -shared -fPIC -DPIC -o "$1" "$0" -lasound 2>/dev/null"#,
                "\(folder)/Driver/faulty.c", library,
            ])
        while compiler?.readByte() != nil {}
        guard let handle = unsafe dlopen(library, RTLD_NOW) else { return nil }
        func variable(_ name: String) -> UnsafeMutablePointer<CInt>? {
            unsafe dlsym(handle, name)?.assumingMemoryBound(to: CInt.self)
        }
        guard let error = unsafe variable("faulty_error"), let forgets = unsafe variable("faulty_forgets"),
            let restartCount = unsafe variable("faulty_restarts")
        else { return nil }
        unsafe (self.error, self.forgets) = unsafe (error, forgets)
        unsafe self.restartCount = restartCount
    }

    /// It is gone: every call fails, until it is plugged in again.
    func unplug() { unsafe error.pointee = ENODEV }

    func plugIn() { unsafe error.pointee = 0 }

    /// The system sleeps, and wakes at once.
    ///
    /// - Parameter forgets: the device can't go on where it was.
    func suspend(forgets: Bool) {
        unsafe self.forgets.pointee = forgets ? 1 : 0
        unsafe error.pointee = ESTRPIPE
    }

    /// How often it was made ready because it could not go on after sleep.
    var restarts: Int { Int(unsafe restartCount.pointee) }
}
