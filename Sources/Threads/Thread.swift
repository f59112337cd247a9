// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Starts a detached OS thread that runs `body` and then ends.
///
/// For blocking C calls, which must never run in Swift's cooperative pool. From its first instruction on, signals are
/// blocked, so that they reach the threads that expect them. Only those of its own faults are not, so that a crash is
/// reported.
///
/// - Parameter name: shown by `ps -T` and `top -H`; at most 15 bytes are used.
package func startThread(name: String, body: @escaping @Sendable () -> Void) {
    let start = Start(name: name, body: body)
    withSignalsBlocked {
        var thread = pthread_t()
        let result = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                nameThisThread(start.name)
                start.body()
                return nil
            },
            Unmanaged.passRetained(start).toOpaque())
        precondition(result == 0, "The system can't start another thread (\(result)).")
        pthread_detach(thread)
    }
}

private final class Start {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}

/// Runs `body` with signals blocked in this thread, so that a thread started by it inherits the mask.
private func withSignalsBlocked(_ body: () -> Void) {
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP] { unsafe sigdelset(&signals, fault) }
    var former = sigset_t()
    unsafe pthread_sigmask(SIG_SETMASK, &signals, &former)
    body()
    unsafe pthread_sigmask(SIG_SETMASK, &former, nil)
}

/// Through procfs, since `prctl` is variadic and `pthread_setname_np` a GNU extension: Swift imports neither.
private func nameThisThread(_ name: String) {
    let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    let bytes = Array(name.utf8.prefix(15))
    _ = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
}

/// Requests real-time priority for audio: the thread is woken before others that are ready. The system may refuse
/// (`ulimit -r`); then everything works as well as the machine's load allows. Threads that it starts don't inherit the
/// priority.
package func raisePriorityOfThisThread() {
    let resetOnFork: CInt = 0x4000_0000  // SCHED_RESET_ON_FORK
    var parameters = sched_param()
    parameters.sched_priority = 5
    unsafe pthread_setschedparam(pthread_self(), SCHED_RR | resetOnFork, &parameters)
}
