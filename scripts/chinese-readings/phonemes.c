// SPDX-License-Identifier: GPL-3.0-or-later
// phonemes VOICE: says for each line of standard input how eSpeak NG reads it, in its own phoneme names.
#include <espeak-ng/speak_lib.h>
#include <stdio.h>
#include <string.h>

int main(int count, char **arguments) {
    if (count < 2 || espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 60, NULL, espeakINITIALIZE_DONT_EXIT) < 0) return 1;
    if (espeak_SetVoiceByName(arguments[1]) != EE_OK) return 2;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    while ((length = getline(&line, &capacity, stdin)) > 0) {
        line[strcspn(line, "\n")] = 0;
        const void *rest = line;
        const char *clause;
        while (rest && (clause = espeak_TextToPhonemes(&rest, espeakCHARS_UTF8, 0))) printf("%s ", clause);
        putchar('\n');
    }
}
