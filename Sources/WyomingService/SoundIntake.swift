// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import SoundCoding
import Utterance

/// Turns a sound that arrives in chunks into portions for the speaker: one channel at the device's rate.
///
/// Used only by the task that reads the connection.
final class SoundIntake {
    let announcement: Announcement
    private let format: PCMFormat
    /// The data of `audio-start`, which applies to chunks that have none.
    private let start: [String: JSONValue]
    private var coding: PCMCoding?
    private var resampler: Resampler?
    /// The bytes of an incomplete frame.
    private var fragment: [UInt8] = []
    private var samples: [Int16] = []
    private var isOpening = true
    /// Whether more of it is wanted.
    private(set) var isWanted = true

    /// The sound takes its turn once this much of it has arrived: a sender that is only as fast as real time may then be
    /// half a second late.
    private static let opening = Duration.seconds(1)
    private static let portion = Duration.milliseconds(500)

    init(_ start: [String: JSONValue], for announcement: Announcement, format: PCMFormat) {
        self.start = start
        self.announcement = announcement
        self.format = format
    }

    /// Takes a chunk.
    ///
    /// - Returns: the portions that are complete now.
    /// - Throws: `Fault(.soundInvalid)` if it can't be played, or its format differs from that of earlier chunks.
    func take(_ data: [String: JSONValue], _ payload: [UInt8]) throws(Fault) -> [PCMSound] {
        let coding = try coding(data.merging(start) { own, _ in own })
        guard self.coding == nil || self.coding == coding else {
            throw Fault(.soundInvalid, "A sound can't be played further: its format changes in the middle.")
        }
        if self.coding == nil, coding.rate != format.rate {
            resampler = Resampler(from: coding.rate, to: format.rate)
            guard resampler != nil else {
                throw Fault(.soundInvalid, "A sound can't be played: there is no memory to convert it.")
            }
        }
        self.coding = coding
        let bytes = fragment + payload
        let whole = bytes.count - bytes.count % coding.frameSize
        fragment = Array(bytes[whole...])
        let new = coding.samples(of: Array(bytes[..<whole]))
        samples += resampler?.convert(new) ?? new
        return portions()
    }

    /// Takes what is left after the last chunk; `nil` if nothing is.
    func takeRest() -> PCMSound? {
        if let last = resampler?.finish() { samples += last }
        resampler = nil
        defer { samples = [] }
        return samples.isEmpty ? nil : PCMSound(samples, format)
    }

    /// Notes that the client sends no more.
    func end(throwing fault: Fault? = nil) {
        announcement.portions.finish(throwing: fault)
        announcement.isSent.fulfill(())
    }

    /// Notes that no more is wanted, although the client may send more.
    func refuse(throwing fault: Fault?) {
        isWanted = false
        announcement.portions.finish(throwing: fault)
    }

    private func portions() -> [PCMSound] {
        var portions: [PCMSound] = []
        var position = 0
        while true {
            let length = format.frames(in: isOpening ? Self.opening : Self.portion)
            guard samples.count - position >= length else { break }
            portions.append(PCMSound(Array(samples[position..<position + length]), format))
            position += length
            isOpening = false
        }
        samples.removeFirst(position)
        return portions
    }

    private func coding(_ data: [String: JSONValue]) throws(Fault) -> PCMCoding {
        func number(_ key: String) throws(Fault) -> Int {
            guard case .integer(let number)? = data[key] else {
                throw Fault(.soundInvalid, "A sound can't be played: it has no \(key).")
            }
            return number
        }
        let (rate, width, channels) = (try number("rate"), try number("width"), try number("channels"))
        do { return try PCMCoding(rate: rate, width: width, channels: channels) } catch {
            throw Fault(
                .soundInvalid,
                "A sound can't be played: it has \(error.property). Send one or two channels of 16 bits at "
                    + "\(PCMCoding.rates.lowerBound) to \(PCMCoding.rates.upperBound) Hz.")
        }
    }
}
