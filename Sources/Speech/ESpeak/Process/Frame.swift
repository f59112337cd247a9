// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A message between the daemon and the eSpeak NG process: one byte for its kind, four for the length of the contents,
/// and the contents. Numbers are in native byte order.
struct Frame {
    enum Kind: UInt8 {
        // From the daemon.
        case prepare = 1
        case speak
        /// Ends the synthesis; `finished` still comes.
        case cancel
        // From the process.
        case greeting
        case sound
        case finished
        /// The engine can't be used; `text` says why.
        case engineFailed
        /// This text can't be spoken; `text` says why.
        case textFailed
    }

    /// The frame violates the protocol: its sender can't be trusted any more.
    struct Malformed: Error {}

    static let headerSize = 5
    /// In bytes; longer than any text or 60 ms of sound.
    static let longest = 1 << 20

    let kind: Kind
    private var bytes: [UInt8]
    /// The position of the next value to read.
    private var position = 0

    init(_ kind: Kind) {
        self.kind = kind
        bytes = [kind.rawValue, 0, 0, 0, 0]
    }

    /// - Parameter contents: the bytes after the header.
    init(_ kind: Kind, contents: [UInt8]) {
        self.kind = kind
        bytes = contents
    }

    /// Returns the kind and the length of the contents from a header.
    static func header(_ bytes: [UInt8]) throws(Malformed) -> (kind: Kind, length: Int) {
        var header = Frame(.cancel, contents: Array(bytes.dropFirst()))
        let length = try header.readInteger()
        guard let kind = bytes.first.flatMap(Kind.init), (0...longest).contains(length) else { throw Malformed() }
        return (kind, length)
    }

    /// The header and the contents, ready to send.
    var encoded: [UInt8] {
        var encoded = bytes
        let length = Int32(truncatingIfNeeded: bytes.count - Self.headerSize)
        for index in 0..<4 { encoded[1 + index] = UInt8(truncatingIfNeeded: length >> Int32(8 * index)) }
        return encoded
    }

    // MARK: Write

    mutating func write(_ value: Int) {
        let value = Int32(clamping: value)
        for index in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> Int32(8 * index))) }
    }

    mutating func write(_ text: String) {
        write(text.utf8.count)
        bytes += text.utf8
    }

    mutating func write(_ samples: Span<Int16>) {
        write(samples.count)
        unsafe samples.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: UnsafeRawBufferPointer($0)) }
    }

    // MARK: Read

    mutating func readInteger() throws(Malformed) -> Int {
        let end = position + 4
        guard end <= bytes.count else { throw Malformed() }
        var value: Int32 = 0
        for index in 0..<4 { value |= Int32(bytes[position + index]) << Int32(8 * index) }
        position = end
        return Int(value)
    }

    /// Reads a number of elements that take at least one byte each.
    mutating func readCount() throws(Malformed) -> Int {
        let count = try readInteger()
        guard (0...bytes.count - position).contains(count) else { throw Malformed() }
        return count
    }

    mutating func readText() throws(Malformed) -> String {
        let count = try readCount()
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    mutating func readSamples() throws(Malformed) -> [Int16] {
        let count = try readCount()
        let end = position + 2 * count
        guard end <= bytes.count else { throw Malformed() }
        defer { position = end }
        return unsafe [Int16](unsafeUninitializedCapacity: count) { buffer, initialized in
            unsafe bytes[position..<end].withUnsafeBytes {
                unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0)
            }
            initialized = count
        }
    }
}

// MARK: - Contents of the frames

extension Frame {
    static func speak(_ text: String, voice: String, settings: ESpeak.Settings) -> Frame {
        var frame = Frame(.speak)
        frame.write(voice)
        frame.write(settings)
        frame.write(text)
        return frame
    }

    static func prepare(voice: String, settings: ESpeak.Settings) -> Frame {
        var frame = Frame(.prepare)
        frame.write(voice)
        frame.write(settings)
        return frame
    }

    static func failed(_ kind: Kind, _ message: String) -> Frame {
        var frame = Frame(kind)
        frame.write(message)
        return frame
    }

    static func sound(_ samples: Span<Int16>, _ words: [WordEvent]) -> Frame {
        var frame = Frame(.sound)
        frame.write(words.count)
        for word in words {
            frame.write(word.position)
            frame.write(word.length)
            frame.write(word.frame)
        }
        frame.write(samples)
        return frame
    }

    mutating func readWords() throws(Malformed) -> [WordEvent] {
        var words: [WordEvent] = []
        for _ in 0..<(try readCount()) {
            words.append(WordEvent(position: try readInteger(), length: try readInteger(), frame: try readInteger()))
        }
        return words
    }

    private mutating func write(_ settings: ESpeak.Settings) {
        write(settings.rate)
        write(settings.pitch)
        write(settings.volume)
        write(settings.wordGapMilliseconds)
    }

    mutating func readSettings() throws(Malformed) -> ESpeak.Settings {
        ESpeak.Settings(
            rate: try readInteger(), pitch: try readInteger(), volume: try readInteger(),
            wordGapMilliseconds: try readInteger())
    }

    static func greeting(version: String, rate: Int, isConfined: Bool, _ catalogue: VoiceCatalogue) -> Frame {
        var frame = Frame(.greeting)
        frame.write(version)
        frame.write(rate)
        frame.write(isConfined ? 1 : 0)
        frame.write(catalogue.variantFolder)
        frame.write(catalogue.voices.count)
        for voice in catalogue.voices {
            frame.write(voice.name)
            frame.write(voice.identifier)
            frame.write(voice.gender.rawValue)
            frame.write(voice.languages.count)
            for language in voice.languages {
                frame.write(language.tag)
                frame.write(language.priority)
            }
        }
        return frame
    }

    /// What the process says of its engine when it has started.
    struct Greeting {
        let version: String
        let format: PCMFormat
        let isConfined: Bool
        let catalogue: VoiceCatalogue
    }

    /// In Hz: of any voice that eSpeak NG could have.
    static let rates = 8_000...96_000

    mutating func readGreeting() throws(Malformed) -> Greeting {
        let version = try readText()
        let rate = try readInteger()
        guard Self.rates.contains(rate) else { throw Malformed() }
        return Greeting(
            version: version, format: PCMFormat(rate: rate), isConfined: try readInteger() == 1,
            catalogue: try readCatalogue())
    }

    private mutating func readCatalogue() throws(Malformed) -> VoiceCatalogue {
        let folder = try readText()
        var voices: [Voice] = []
        for _ in 0..<(try readCount()) {
            let (name, identifier) = (try readText(), try readText())
            let gender = Voice.Gender(rawValue: try readText()) ?? .unspecified
            var languages: [Voice.Language] = []
            for _ in 0..<(try readCount()) {
                languages.append(Voice.Language(tag: try readText(), priority: try readInteger()))
            }
            voices.append(Voice(name: name, identifier: identifier, gender: gender, languages: languages))
        }
        return VoiceCatalogue(voices: voices, variantFolder: folder)
    }
}
