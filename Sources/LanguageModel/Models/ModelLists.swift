// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A model that a server has.
package struct InstalledModel: Sendable, Hashable, Decodable {
    /// With its tag: `llama3.2:latest`.
    package let name: String
    /// Bytes on disk, and about as many in memory; `nil` if the server doesn't tell, as none but Ollama does.
    package let size: Int?
    /// The family of its architecture, such as `llama` or `bert`.
    package let family: String?
    /// Such as `3.2B`.
    package let parameters: String?
    /// What it can do: `completion`, `thinking`, `embedding` …; `nil` from servers before they told.
    package let capabilities: [String]?

    package init(
        name: String, size: Int? = nil, family: String? = nil, parameters: String? = nil, capabilities: [String]? = nil
    ) {
        self.name = name
        self.size = size
        self.family = family
        self.parameters = parameters
        self.capabilities = capabilities
    }

    private enum CodingKeys: String, CodingKey {
        case name, model, id, size, details, capabilities, family
        case parameters = "parameter_size"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let details = try? container.nestedContainer(keyedBy: CodingKeys.self, forKey: .details)
        self.init(
            name: try container.ifSound(.name) ?? container.ifSound(.model)
                ?? container.decode(String.self, forKey: .id),
            size: container.ifCount(.size),
            family: details?.ifSound(.family),
            parameters: details?.ifSound(.parameters),
            capabilities: container.ifSound(.capabilities))
    }
}

/// A model that is in a server's memory.
package struct LoadedModel: Sendable, Hashable, Decodable {
    package let name: String
    /// Bytes it takes.
    package let size: Int?
    /// How many of them the GPU can use; less than `size` means that a part runs on the CPU, slowly.
    package let sizeOnGPU: Int?

    package init(name: String, size: Int? = nil, sizeOnGPU: Int? = nil) {
        self.name = name
        self.size = size
        self.sizeOnGPU = sizeOnGPU
    }

    private enum CodingKeys: String, CodingKey {
        case name, size
        case sizeOnGPU = "size_vram"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        size = container.ifCount(.size)
        sizeOnGPU = container.ifCount(.sizeOnGPU)
    }
}

extension String {
    /// Whether both name one model of Ollama's: a missing tag means `latest`, and case doesn't count.
    package func isSameModel(as other: String) -> Bool {
        withTag.lowercased() == other.withTag.lowercased()
    }

    private var withTag: String {
        let name = split(separator: "/").last ?? ""
        return name.contains(":") ? self : self + ":latest"
    }
}
