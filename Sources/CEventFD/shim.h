// What Swift cannot import: Glibc's module map leaves it out.
#pragma once
#include <sys/eventfd.h>

/// A counter to poll on, closed on exec; -1 and errno if the process has no descriptor left.
static inline int utter_event_descriptor(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
