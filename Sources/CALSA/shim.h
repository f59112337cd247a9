// What Swift cannot import: alsa-lib's variadic callbacks.
#pragma once
#include <alsa/asoundlib.h>

static void utter_alsa_discard(const char *file, int line, const char *function, int error, const char *format, ...) {
    (void)file; (void)line; (void)function; (void)error; (void)format;
}

/// alsa-lib prints its own lines on stderr; our faults say the same in one sentence.
static inline void utter_alsa_silence(void) { snd_lib_error_set_handler(utter_alsa_discard); }
