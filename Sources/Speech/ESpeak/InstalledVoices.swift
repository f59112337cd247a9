// SPDX-License-Identifier: GPL-3.0-or-later
import CESpeakNG
import Glibc
import Utterance

extension VoiceCatalogue {
    /// Lists the voices that eSpeak NG, once started, finds in its data. It reads some 130 files for this, which takes
    /// 4 ms.
    ///
    /// - Parameter data: the folder of its data.
    @SpeechThread
    static func installed(in data: String) -> VoiceCatalogue {
        var voices: [Voice] = []
        guard var entry = unsafe espeak_ListVoices(nil) else { return VoiceCatalogue(voices: []) }
        while let voice = unsafe entry.pointee {
            unsafe voices.append(Voice(voice.pointee))
            unsafe entry += 1
        }
        return VoiceCatalogue(voices: voices, variantFolder: "\(data)/voices/!v")
    }

    /// The variants that may follow a voice after `+`, such as `f3`.
    var variants: [String] {
        var files = unsafe glob_t()
        defer { unsafe globfree(&files) }
        guard unsafe glob("\(variantFolder)/*", 0, nil, &files) == 0 else { return [] }
        return (0..<Int(unsafe files.gl_pathc)).compactMap { index in
            unsafe files.gl_pathv[index].map { unsafe String(cString: $0) }?.split(separator: "/").last.map(String.init)
        }
    }
}

extension Voice {
    fileprivate init(_ voice: espeak_VOICE) {
        let gender: Gender =
            switch unsafe voice.gender {
            case 1: .male
            case 2: .female
            default: .unspecified
            }
        unsafe self.init(
            name: String(cString: voice.name).trimmed, identifier: String(cString: voice.identifier),
            gender: gender,
            languages: Self.languages(voice.languages))
    }

    /// Reads eSpeak NG's list: for each language a priority byte and a null-terminated tag; a priority of zero ends it.
    private static func languages(_ list: UnsafePointer<CChar>?) -> [Language] {
        guard var next = unsafe list else { return [] }
        var languages: [Language] = []
        while unsafe next.pointee != 0 {
            let tag = unsafe String(cString: next + 1)
            unsafe languages.append(Language(tag: tag.lowercased(), priority: Int(next.pointee)))
            // Not the length of `tag`, which differs if the bytes are not UTF-8.
            unsafe next += strlen(next + 1) + 2
        }
        return languages
    }
}
