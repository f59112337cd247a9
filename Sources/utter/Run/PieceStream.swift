// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Speech
import Utterance

/// Text in, pieces out.
protocol PieceStream {
    mutating func append(_ fragment: String) -> [Piece]
    mutating func finish() -> [Piece]
}

/// Certain sentences only, as for a file.
struct UnpacedText: PieceStream {
    private var stream: SentenceStream
    private let start = Moment(sinceZero: .zero)

    init(_ options: TextOptions) {
        stream = SentenceStream(options)
    }

    mutating func append(_ fragment: String) -> [Piece] {
        stream.append(fragment, at: start, ahead: nil).compactMap(\.piece)
    }

    mutating func finish() -> [Piece] {
        stream.finish(at: start).compactMap(\.piece)
    }
}

/// As for a listener, in simulated time: the text comes in tokens at an even pace, and pieces sound as long as is
/// estimated.
struct PacedText: PieceStream {
    /// English tokens hold about 4 characters, Chinese ones 1 to 2.
    private static let bytesPerToken = 4

    private var stream: SentenceStream
    private let tokenTime: Duration
    private let parameters: VoiceParameters
    private var now = Moment(sinceZero: .zero)
    /// When everything that was cut so far will have been heard.
    private var soundEnd = Moment(sinceZero: .zero)

    init(_ options: TextOptions, tokensPerSecond: Double, parameters: VoiceParameters) {
        stream = SentenceStream(options)
        tokenTime = .seconds(1 / tokensPerSecond)
        self.parameters = parameters
    }

    mutating func append(_ fragment: String) -> [Piece] {
        var pieces: [Piece] = []
        var token = ""
        for scalar in fragment.unicodeScalars {
            token.unicodeScalars.append(scalar)
            if token.utf8.count >= Self.bytesPerToken {
                pieces += append(token: token)
                token = ""
            }
        }
        return token.isEmpty ? pieces : pieces + append(token: token)
    }

    mutating func finish() -> [Piece] {
        heard(stream.finish(at: now))
    }

    private mutating func append(token: String) -> [Piece] {
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
