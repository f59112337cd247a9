// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import NIOCore

/// The description of all endpoints, for programs that read such; docs/openapi.yaml, embedded in the program.
struct DescriptionEndpoint: Sendable {
    func add(to router: ServiceRouter) {
        router.endpoint("/openapi.yaml", [.get: { _, _ in Self.description }])
    }

    private static var description: Response {
        Response(
            status: .ok, headers: [.contentType: "application/yaml", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_yaml)))
    }
}
