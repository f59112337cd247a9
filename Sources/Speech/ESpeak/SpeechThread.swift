// SPDX-License-Identifier: GPL-3.0-or-later
import Threads

/// The one thread that eSpeak NG is called on.
///
/// The library keeps its state in global variables, so a process has one of it: whatever touches it is isolated here.
/// Its calls block while they synthesize, which Swift's cooperative pool must not do.
@globalActor
package actor SpeechThread {
    package static let shared = SpeechThread()

    private nonisolated let executor = ThreadExecutor(name: "utter-speech")

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }
}
