// SPDX-License-Identifier: GPL-3.0-or-later
// A device of alsa-lib that plays to nobody, as fast as a card would, and fails as its test says (FaultyDevice.swift).
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/// How it fails from now on: 0 or an errno. ENODEV: it is unplugged; ESTRPIPE: the system has slept.
_Atomic int faulty_error;
/// After sleep it can't go on where it was.
_Atomic int faulty_forgets;
/// How often it was made ready since it slept, because it could not go on.
_Atomic int faulty_restarts;

static snd_pcm_ioplug_t io;
/// Frames that were played before `since`; the clock runs while the device does.
static double played, since;
static int has_slept;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static double position(void) { return played + (now() - since) * io.rate; }

static snd_pcm_sframes_t pointer(snd_pcm_ioplug_t *device) {
    if (io.state != SND_PCM_STATE_RUNNING) return (snd_pcm_uframes_t)played % io.buffer_size;
    if (position() > device->appl_ptr) return -EPIPE;
    return (snd_pcm_uframes_t)position() % io.buffer_size;
}

static int delay(snd_pcm_ioplug_t *device, snd_pcm_sframes_t *frames) {
    if (faulty_error) {
        played = position();
        has_slept = faulty_error == ESTRPIPE;
        device->state = faulty_error == ESTRPIPE ? SND_PCM_STATE_SUSPENDED : SND_PCM_STATE_DISCONNECTED;
        return -faulty_error;
    }
    *frames = device->appl_ptr - (snd_pcm_sframes_t)position();
    return *frames < 0 ? -EPIPE : 0;
}

static int resume(snd_pcm_ioplug_t *device) {
    faulty_error = 0;
    if (faulty_forgets) return -ENOSYS;
    has_slept = 0;
    since = now();
    device->state = SND_PCM_STATE_RUNNING;
    return 0;
}

static int start(snd_pcm_ioplug_t *device) {
    (void)device;
    since = now();
    return 0;
}

static int stop(snd_pcm_ioplug_t *device) {
    (void)device;
    return 0;
}

static int prepare(snd_pcm_ioplug_t *device) {
    (void)device;
    played = 0;
    faulty_restarts += has_slept;
    has_slept = 0;
    return faulty_error == ENODEV ? -ENODEV : 0;
}

static int closeDevice(snd_pcm_ioplug_t *device) { return close(device->poll_fd); }

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = start, .stop = stop, .pointer = pointer, .close = closeDevice, .prepare = prepare, .resume = resume,
    .delay = delay};

SND_PCM_PLUGIN_DEFINE_FUNC(faulty) {
    (void)root;
    (void)conf;
    if (faulty_error) return -faulty_error;
    memset(&io, 0, sizeof io);
    io.version = SND_PCM_IOPLUG_VERSION;
    io.name = "faulty";
    io.poll_fd = eventfd(1, EFD_CLOEXEC);
    io.poll_events = POLLIN;
    io.callback = &callbacks;
    int result = snd_pcm_ioplug_create(&io, name, stream, mode);
    if (result < 0) return result;
    const unsigned int access = SND_PCM_ACCESS_RW_INTERLEAVED, format = SND_PCM_FORMAT_S16;
    snd_pcm_ioplug_set_param_list(&io, SND_PCM_IOPLUG_HW_ACCESS, 1, &access);
    snd_pcm_ioplug_set_param_list(&io, SND_PCM_IOPLUG_HW_FORMAT, 1, &format);
    snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_CHANNELS, 1, 1);
    snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_RATE, 22050, 22050);
    *pcmp = io.pcm;
    return 0;
}

SND_PCM_PLUGIN_SYMBOL(faulty);
