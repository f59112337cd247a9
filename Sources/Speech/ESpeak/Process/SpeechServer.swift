// SPDX-License-Identifier: GPL-3.0-or-later
import CConfinement
import Glibc
package import Utterance

/// The process's side: runs eSpeak NG for the daemon at the other end of the socket.
package enum SpeechServer {
    /// Serves until the daemon is gone. Must be called on the first thread, before there is another one.
    ///
    /// - Throws: `Fault(.usage)` if this process was started without its socket.
    @MainActor
    package static func run() async throws(Fault) {
        var status = stat()
        guard unsafe fstat(CInt(utter_child_socket), &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
            throw Fault(.usage, "This command is for the daemon's own use.")
        }
        let isConfined = utter_confine() == 0
        await serve(FrameSocket(CInt(utter_child_socket), limit: nil), isConfined: isConfined)
    }

    @SpeechThread
    private static func serve(_ socket: sending FrameSocket, isConfined: Bool) {
        do {
            let library = try ESpeak.start()
            try socket.send(
                .greeting(
                    version: library.version, rate: library.format.rate, isConfined: isConfined, library.catalogue))
            while true { try answer(try socket.receive(), library, socket) }
        } catch let fault as Fault {
            try? socket.send(.failed(.engineFailed, fault.message))
        } catch {}
    }

    @SpeechThread
    private static func answer(_ request: Frame, _ library: ESpeak, _ socket: FrameSocket) throws {
        var request = request
        do {
            switch request.kind {
            case .prepare:
                try library.use(voice: try request.readText(), settings: try request.readSettings())
            case .speak:
                try library.use(voice: try request.readText(), settings: try request.readSettings())
                try library.speak(try request.readText(), into: SentSound(socket))
            case .cancel:
                // The synthesis that it was meant to end has already finished.
                return
            case .greeting, .sound, .finished, .engineFailed, .textFailed: throw Frame.Malformed()
            }
            try socket.send(Frame(.finished))
        } catch let fault as Fault {
            try socket.send(.failed(.engineFailed, fault.message))
        } catch SpeechFault.text(let fault) {
            try socket.send(.failed(.textFailed, fault.message))
        }
    }
}

/// Sends the sound that eSpeak NG makes.
private final class SentSound: ESpeakSound {
    private let socket: FrameSocket
    private var words: [WordEvent] = []
    private(set) var isWanted = true

    init(_ socket: FrameSocket) {
        self.socket = socket
    }

    func receive(_ event: WordEvent) {
        words.append(event)
    }

    func receive(_ samples: Span<Int16>) -> Bool {
        guard isWanted else { return false }
        // During a synthesis, the only request that can come is a cancel.
        isWanted = !socket.waitForInput(atMost: .zero)
        guard isWanted, !samples.isEmpty || !words.isEmpty else { return isWanted }
        do {
            try socket.send(.sound(samples, words))
            words.removeAll(keepingCapacity: true)
        } catch {
            isWanted = false
        }
        return isWanted
    }
}
