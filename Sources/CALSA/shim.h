// What Swift cannot import: alsa-lib's variadic callbacks, and eventfd, which Glibc's module map leaves out.
#pragma once
#include <alsa/asoundlib.h>
#include <sys/eventfd.h>

static void utter_alsa_discard(const char *file, int line, const char *function, int error, const char *format, ...) {
    (void)file; (void)line; (void)function; (void)error; (void)format;
}

/// alsa-lib prints its own lines on stderr; our faults say the same in one sentence.
static inline void utter_alsa_silence(void) { snd_lib_error_set_handler(utter_alsa_discard); }

/// A counter to poll on, closed on exec; -1 and errno if the process has no descriptor left.
static inline int utter_event_descriptor(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
