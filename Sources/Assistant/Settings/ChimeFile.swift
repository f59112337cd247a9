// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance
import VoiceServers

/// The owner's chime.
enum ChimeFile {
    private static let longest = Duration.seconds(5)
    /// In bytes: 5 s of two channels at 48 kHz, and room for other data, such as a title.
    private static let largest = 1 << 20

    /// Reads the file and converts its sound.
    ///
    /// - Throws: `Fault(.configurationInvalid)` if it can't be played.
    static func read(_ path: String, as format: PCMFormat) throws(Fault) -> PCMSound {
        do throws(VoiceServerFailure) {
            let samples = try RecordedFile.samples(of: try bytes(of: path), at: format.rate, within: longest)
            return PCMSound(samples, format)
        } catch {
            let reason = error == .tooMuchSound ? "it is longer than 5 seconds" : error.reason
            throw Fault(
                .configurationInvalid,
                "The chime \(path) can't be played (\(reason)); announcements.chime_file must name a 16-bit WAV file."
            )
        }
    }

    private static func bytes(of path: String) throws(VoiceServerFailure) -> [UInt8] {
        // Something other than a file, such as a pipe, could block.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .malformed(SystemError.text(errno)) }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .malformed("it is not a file")
        }
        guard status.st_size <= largest else { throw .tooMuchSound }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var length = 0
        while length < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(file, buffer.baseAddress.map { unsafe $0 + length }, buffer.count - length)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .malformed(SystemError.text(errno)) }
            if count == 0 { break }
            length += count
        }
        return Array(bytes.prefix(length))
    }
}
