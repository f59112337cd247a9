// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The sound of a text as a server sent it, gathered within limits.
struct ServedSound: Sendable, Equatable {
    /// How sound is coded.
    struct Coding: Sendable, Equatable {
        static let rates = 8_000...48_000

        var rate: Int
        var channels: Int

        /// - Parameters:
        ///   - width: bytes per sample.
        /// - Throws: ``VoiceServerFailure/malformed(_:)`` for what can't be played.
        init(rate: Int, width: Int, channels: Int) throws(VoiceServerFailure) {
            guard Self.rates.contains(rate) else { throw .malformed("its sound has a rate of \(rate) Hz") }
            guard width == 2 else { throw .malformed("its sound has \(width) bytes per sample, not 2") }
            guard (1...2).contains(channels) else { throw .malformed("its sound has \(channels) channels") }
            self.rate = rate
            self.channels = channels
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

    var frames: Int { bytes.count / (2 * (coding?.channels ?? 1)) }

    /// - Throws: ``VoiceServerFailure`` if the coding changes or there is too much sound.
    mutating func append(_ new: some Collection<UInt8>, _ coding: Coding) throws(VoiceServerFailure) {
        guard self.coding == nil || self.coding == coding else {
            throw .malformed("its sound changes its format in the middle")
        }
        self.coding = coding
        let most = PCMFormat(rate: coding.rate).frames(in: limit) * 2 * coding.channels
        guard bytes.count + new.count <= most else { throw .tooMuchSound }
        bytes += new
    }

    /// One channel of samples. A byte that is left over at the end is dropped.
    var samples: [Int16] {
        let channels = coding?.channels ?? 1
        return (0..<frames).map { frame in
            var sum = 0
            for channel in 0..<channels {
                let index = (frame * channels + channel) * 2
                sum += Int(Int16(truncatingIfNeeded: Int(bytes[index]) | Int(bytes[index + 1]) << 8))
            }
            return Int16(sum / channels)
        }
    }
}
