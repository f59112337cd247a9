// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
import Utterance

/// Text to be spoken that comes from somewhere else than a model.
enum InputSource {
    static func text(_ text: String) -> Answer.Source {
        { deliver in
            try await deliver(.text(text))
            return nil
        }
    }

    /// Standard input, as it comes. What is not UTF-8 is left out, and a fault once all else was spoken.
    static let standardInput: Answer.Source = { deliver in
        let input = try StandardInput()
        var decoder = StreamingUTF8()
        while let bytes = try await input.read() {
            let text = decoder.decode(bytes)
            if !text.isEmpty { try await deliver(.text(text)) }
        }
        let rest = decoder.finish()
        if !rest.isEmpty { try await deliver(.text(rest)) }
        if decoder.sawInvalid { throw StreamingUTF8.fault }
        return nil
    }
}
