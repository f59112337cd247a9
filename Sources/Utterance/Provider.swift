// SPDX-License-Identifier: GPL-3.0-or-later

/// The protocols that model servers speak.
package enum Provider: String, Sendable, Hashable, CaseIterable {
    /// Ollama's `/api/chat`: the one to prefer.
    case ollama
    /// Ollama's `/api/generate`: one prompt, no conversation.
    case ollamaGenerate = "ollama-generate"
    /// `/v1/chat/completions`: llama.cpp, vLLM, LocalAI, OneAPI, cloud services.
    case openAI = "openai"
    /// Anthropic's `/v1/messages`, and gateways that speak it.
    case anthropic
}
