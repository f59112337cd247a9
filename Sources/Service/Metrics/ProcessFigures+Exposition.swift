// SPDX-License-Identifier: GPL-3.0-or-later
import Host

extension ProcessFigures {
    /// Under the names that Prometheus' client libraries use.
    func write(to page: inout Exposition) {
        page.gauge("process_resident_memory_bytes", "Resident memory size in bytes.", residentBytes)
        page.gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.", virtualBytes)
        page.gauge("process_threads", "Threads of the process.", threads)
        page.gauge("process_open_fds", "Number of open file descriptors.", openDescriptors)
        page.counter(
            "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", processorSeconds)
    }
}
