// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization
import Testing

@testable import Threads

@Suite(.timeLimit(.minutes(10)))
struct StartThreadTests {
    @Test func `It runs the body once, on a separate thread`() async {
        let runs = Mutex<[String]>([])
        await valueFromThread(named: "own") { runs.withLock { $0.append(threadID()) } }
        #expect(runs.withLock { $0.count } == 1)
        #expect(runs.withLock { !$0.contains(threadID()) })
    }

    @Test(arguments: [
        ("audio", "audio"),
        ("a name with blanks", "a name with bla"),
        ("exactly fifteen", "exactly fifteen"),
    ])
    func `The system shows the name, up to 15 bytes`(name: String, shown: String) async {
        let (comm, isListed) = await valueFromThread(named: name) {
            (contents(of: "/proc/thread-self/comm"), threadNames().contains(shown))
        }
        #expect(comm == shown + "\n")
        #expect(isListed)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGUSR1, SIGUSR2, SIGCHLD, SIGALRM])
    func `Signals from outside are blocked in it`(signal: CInt) async {
        #expect(await valueFromThread(named: "signals") { isBlocked(signal) })
    }

    @Test(arguments: [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP])
    func `Signals of its own faults are not blocked, so that a crash is reported`(signal: CInt) async {
        #expect(await !valueFromThread(named: "faults") { isBlocked(signal) })
    }

    @Test func `The signal mask of the starting thread is unchanged`() async {
        let blocked = await valueFromThread(named: "starter") {
            var usr1 = sigset_t()
            unsafe sigemptyset(&usr1)
            unsafe sigaddset(&usr1, SIGUSR1)
            unsafe pthread_sigmask(SIG_SETMASK, &usr1, nil)
            startThread(name: "started") {}
            return (isBlocked(SIGUSR1), isBlocked(SIGUSR2))
        }
        #expect(blocked == (true, false))
    }

    @Test func `The thread ends with its body`() async {
        await valueFromThread(named: "short-lived") {}
        await untilThread("short-lived", isThere: false)
    }

    @Test func `What the body holds is released once it has run`() async {
        final class Sound: Sendable {
            let release: @Sendable () -> Void
            init(_ release: @escaping @Sendable () -> Void) { self.release = release }
            deinit { release() }
        }
        await withCheckedContinuation { continuation in
            let sound = Sound { continuation.resume() }
            startThread(name: "holder") { _ = sound }
        }
    }
}

private func isBlocked(_ signal: CInt) -> Bool {
    var mask = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, nil, &mask)
    return unsafe sigismember(&mask, signal) == 1
}
