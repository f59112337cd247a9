// SPDX-License-Identifier: GPL-3.0-or-later
import SoundCoding
import Utterance

/// The sound of a text as a server sent it, gathered within limits.
struct ServedSound: Sendable, Equatable {
    typealias Coding = PCMCoding

    /// - Parameter width: bytes per sample.
    /// - Throws: ``VoiceServerFailure/malformed(_:)`` for what can't be played.
    static func coding(rate: Int, width: Int, channels: Int) throws(VoiceServerFailure) -> Coding {
        do { return try Coding(rate: rate, width: width, channels: channels) } catch {
            throw .malformed("its sound has \(error.property)")
        }
    }

    private(set) var coding: Coding?
    private var bytes: [UInt8] = []
    private let limit: Duration

    /// - Parameter limit: the longest sound that is taken.
    init(limit: Duration) {
        self.limit = limit
    }

    var isEmpty: Bool { frames == 0 }

    var frames: Int { bytes.count / (coding?.frameSize ?? 2) }

    /// - Throws: ``VoiceServerFailure`` if the coding changes or there is too much sound.
    mutating func append(_ new: some Collection<UInt8>, _ coding: Coding) throws(VoiceServerFailure) {
        guard self.coding == nil || self.coding == coding else {
            throw .malformed("its sound changes its format in the middle")
        }
        self.coding = coding
        let most = PCMFormat(rate: coding.rate).frames(in: limit) * coding.frameSize
        guard bytes.count + new.count <= most else { throw .tooMuchSound }
        bytes += new
    }

    /// One channel of samples. A byte that is left over at the end is dropped.
    var samples: [Int16] { coding?.samples(of: bytes) ?? [] }
}
