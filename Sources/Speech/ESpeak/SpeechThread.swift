// SPDX-License-Identifier: GPL-3.0-or-later
import Threads

/// The one thread on which eSpeak NG is called.
///
/// The library keeps its state in global variables, so there is one of it per process, and all access is isolated to
/// this actor. Its calls block while they synthesize, which is not allowed in Swift's cooperative pool.
@globalActor
package actor SpeechThread {
    package static let shared = SpeechThread()

    private nonisolated let executor = ThreadExecutor(name: "utter-speech")

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }
}
