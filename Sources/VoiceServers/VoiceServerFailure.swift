// SPDX-License-Identifier: GPL-3.0-or-later
package import HTTP
import Utterance
import WyomingFrames

/// Why a voice server gave no sound for a text.
package enum VoiceServerFailure: Error, Hashable {
    case unreachable(ConnectionFailure)
    /// It closed the connection before the end.
    case closed
    case late
    case noSound
    /// More sound than the text can have, which happens when a voice spells out a language it doesn't read.
    case tooMuchSound
    /// It reported an error, with this text; may be empty.
    case rejected(String)
    /// What it sent can't be understood or played.
    case malformed(String)

    init(_ error: any Error) {
        self =
            switch error {
            case let failure as VoiceServerFailure: failure
            case ConnectionFailure.closed: .closed
            case let failure as ConnectionFailure: .unreachable(failure)
            case let malformed as WyomingDecoder.Malformed: .malformed(malformed.reason)
            default: .malformed("\(error)")
            }
    }

    /// The reason, to stand in parentheses in a sentence.
    package var reason: String {
        switch self {
        case .unreachable(.refused): "nothing listens there"
        case .unreachable(.unknownHost): "its name is unknown"
        case .unreachable(.noRoute): "no route leads to it"
        case .unreachable(.timedOut): "it can't be reached"
        case .unreachable(.insecure(let reason)): reason.printable
        case .unreachable(.foreign): "it speaks another protocol"
        case .unreachable(.closed), .closed: "it closed the connection"
        case .unreachable(.other(let reason)): reason.printable
        case .late: "it took too long"
        case .noSound: "it sent no sound"
        case .tooMuchSound: "it sent more sound than the text can have"
        case .rejected(let words): words.isEmpty ? "it reported an error" : "it said: \(words.printable.prefix(200))"
        case .malformed(let what): what.printable
        }
    }
}
