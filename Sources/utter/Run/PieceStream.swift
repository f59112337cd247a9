// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Speech
import Utterance

/// Cuts text into pieces: only certain sentences, as for a file, or as for a listener in simulated time. Then tokens
/// arrive at a steady rate, and pieces sound for as long as estimated.
struct PieceStream {
    /// English tokens have about 4 characters, Chinese ones 1 to 2.
    private static let bytesPerToken = 4

    private var stream: SentenceStream
    /// `nil`: only certain sentences.
    private let tokenTime: Duration?
    private let parameters: VoiceParameters
    private var now = Moment(sinceZero: .zero)
    /// When everything cut so far will have been heard.
    private var soundEnd = Moment(sinceZero: .zero)

    /// - Parameter tokensPerSecond: `nil` for only certain sentences.
    init(_ options: TextOptions, tokensPerSecond: Double?, parameters: VoiceParameters) {
        stream = SentenceStream(options)
        tokenTime = tokensPerSecond.map { .seconds(1 / $0) }
        self.parameters = parameters
    }

    mutating func append(_ fragment: String) -> [Piece] {
        guard let tokenTime else { return stream.append(fragment, at: now, ahead: nil).compactMap(\.piece) }
        var pieces: [Piece] = []
        var token = ""
        for scalar in fragment.unicodeScalars {
            token.unicodeScalars.append(scalar)
            if token.utf8.count >= Self.bytesPerToken {
                pieces += append(token: token, after: tokenTime)
                token = ""
            }
        }
        return token.isEmpty ? pieces : pieces + append(token: token, after: tokenTime)
    }

    mutating func finish() -> [Piece] {
        heard(stream.finish(at: now))
    }

    private mutating func append(token: String, after tokenTime: Duration) -> [Piece] {
        let arrival = now.advanced(by: tokenTime)
        var pieces: [Piece] = []
        while let wake = stream.wakeAt, wake < arrival {
            now = max(now, wake)
            let events = stream.poll(at: now, ahead: ahead)
            pieces += heard(events)
            if events.isEmpty, stream.wakeAt == wake { break }
        }
        now = arrival
        return pieces + heard(stream.append(token, at: now, ahead: ahead))
    }

    private var ahead: Duration {
        max(.zero, now.duration(to: soundEnd))
    }

    private mutating func heard(_ events: [SentenceEvent]) -> [Piece] {
        let pieces = events.compactMap(\.piece)
        for piece in pieces {
            soundEnd = max(soundEnd, now).advanced(by: parameters.estimatedDuration(of: piece.runs))
        }
        return pieces
    }
}

extension SentenceEvent {
    fileprivate var piece: Piece? {
        if case .piece(let piece) = self { piece } else { nil }
    }
}
