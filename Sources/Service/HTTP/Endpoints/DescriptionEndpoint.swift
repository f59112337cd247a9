// SPDX-License-Identifier: GPL-3.0-or-later
import CFiles
import HTTPTypes
import Hummingbird
import NIOCore

/// The description of all endpoints, for programs that read such; docs/openapi.yaml, embedded in the program.
struct DescriptionEndpoint: Sendable {
    func add(to router: ServiceRouter) {
        router.endpoint("/openapi.yaml", [.get: { _, _ in Self.description }])
    }

    private static var description: Response {
        let file = unsafe utter_openapi_yaml()
        let bytes = unsafe ByteBuffer(bytes: UnsafeBufferPointer(start: file.bytes, count: file.count))
        return Response(
            status: .ok, headers: [.contentType: "application/yaml", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: bytes))
    }
}
