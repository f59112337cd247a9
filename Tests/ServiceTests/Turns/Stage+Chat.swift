// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
import Service

extension Stage.Parts {
    func source(for chat: ChatRequest) throws -> Answer.Source {
        { [model] deliver in
            try await model(chat.prompt, chat.messages.dropLast(), deliver)
            return ModelSummary(finish: .stop)
        }
    }

    var modelServer: ModelServer? { nil }
}
