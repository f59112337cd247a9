// SPDX-License-Identifier: GPL-3.0-or-later
// A device of alsa-lib that plays to a recording, as fast as a card would, and fails as its test says
// (FaultyDevice.swift).
#define _GNU_SOURCE
#include <alsa/asoundlib.h>
#include <alsa/control_external.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/// How it fails from now on: 0 or an errno. ENODEV: it is unplugged; EBUSY: another program has it; ESTRPIPE: the system
/// has slept.
_Atomic int faulty_error;
/// It fails when so many frames of the recording were heard, -1: never; and how: an errno, or one of those below.
_Atomic int faulty_fails_at = -1, faulty_next_error;
enum { stall = -1, hang_up = -2 };
/// It plays up to this frame of the recording and no further; -1: there is none.
_Atomic int faulty_holds_at = -1;
/// It takes what it is given and plays none of it.
_Atomic int faulty_stalls;
/// Its calls don't return.
_Atomic int faulty_hangs;
/// It never runs dry, since it waits for its sound, and plays no more than a period between two reads of its position.
_Atomic int faulty_waits;
/// It also plays a period whenever its position is read, however little time has passed.
_Atomic int faulty_quick;
/// After sleep it can't go on where it was.
_Atomic int faulty_forgets;
/// How often it was made ready since it slept, because it could not go on.
_Atomic int faulty_restarts;
/// How often it was opened.
_Atomic int faulty_openings;
/// How often its mixer was opened, which works once, and asked what has changed.
_Atomic int faulty_mixers, faulty_questions;
/// What was heard of it.
short faulty_sound[4 << 20];
_Atomic int faulty_heard;

static snd_pcm_ioplug_t io;
/// In a program that a test runs, FAULTY_HOLD names this file. While it exists, the device plays 20 frames a second: too
/// few for a sound to end, but enough not to be taken for stalled. It waits and is quick.
static const char *hold_file;
/// Frames that were played before `since`; the clock runs while the device does.
static double played, since;
static int has_slept;
/// Frames since it was made ready.
static int written;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void hang(void) {
    while (faulty_hangs) usleep(5000);
}

static int is_held(void) { return hold_file && access(hold_file, F_OK) == 0; }

static double position(void) {
    const double time = now();
    double frames = (time - since) * io.rate;
    if (faulty_stalls || faulty_quick) frames = 0;
    if (is_held()) frames = (time - since) * 20;
    if (faulty_stalls || faulty_waits) {
        // Seen often enough, whatever the machine's load.
        if (frames > io.period_size) frames = io.period_size;
        played += frames;
        if (played > written) played = written;
        if (faulty_holds_at >= 0 && faulty_heard + played > faulty_holds_at) played = faulty_holds_at - faulty_heard;
        since = time;
        return played;
    }
    return played + frames;
}

/// A call that asks where it is.
static void look(void) {
    if (faulty_quick && !faulty_stalls && !is_held() && io.state == SND_PCM_STATE_RUNNING) played += io.period_size;
}

static int heard(void) {
    double frames = io.state == SND_PCM_STATE_RUNNING ? position() : played;
    return faulty_heard + (frames < written ? (int)frames : written);
}

/// What was not played of what was written is gone.
static void settle(void) {
    faulty_heard = heard();
    played = written = 0;
    since = now();
}

static snd_pcm_sframes_t pointer(snd_pcm_ioplug_t *device) {
    hang();
    if (io.state != SND_PCM_STATE_RUNNING) return played;
    look();
    if (position() > device->appl_ptr) return -EPIPE;
    return position();
}

static int delay(snd_pcm_ioplug_t *device, snd_pcm_sframes_t *frames) {
    hang();
    look();
    if (faulty_fails_at >= 0 && heard() >= faulty_fails_at) {
        faulty_fails_at = -1;
        if (faulty_next_error == stall) {
            played = position();
            faulty_stalls = 1;
        } else if (faulty_next_error == hang_up) {
            faulty_hangs = 1;
            hang();
        } else {
            faulty_error = faulty_next_error;
        }
    }
    switch (faulty_error) {
    case 0:
    case EBUSY: break;
    case ESTRPIPE:
        played = position();
        has_slept = 1;
        device->state = SND_PCM_STATE_SUSPENDED;
        return -ESTRPIPE;
    default:
        settle();
        device->state = faulty_error == ENODEV ? SND_PCM_STATE_DISCONNECTED
                      : faulty_error == EBADFD ? SND_PCM_STATE_SETUP : SND_PCM_STATE_RUNNING;
        return -faulty_error;
    }
    *frames = device->appl_ptr - (snd_pcm_sframes_t)position();
    return *frames < 0 ? -EPIPE : 0;
}

static snd_pcm_sframes_t transfer(
    snd_pcm_ioplug_t *device, const snd_pcm_channel_area_t *areas, snd_pcm_uframes_t offset, snd_pcm_uframes_t size) {
    (void)device;
    const int end = faulty_heard + written;
    if (end + size > sizeof faulty_sound / sizeof *faulty_sound) return -ENOSPC;
    memcpy(faulty_sound + end, (const short *)areas->addr + areas->first / 16 + offset, size * 2);
    written += size;
    return size;
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
    settle();
    return 0;
}

static int prepare(snd_pcm_ioplug_t *device) {
    (void)device;
    hang();
    settle();
    faulty_restarts += has_slept;
    has_slept = 0;
    return faulty_error == EBUSY || faulty_error == ESTRPIPE ? 0 : -faulty_error;
}

static int closeDevice(snd_pcm_ioplug_t *device) {
    settle();
    return close(device->poll_fd);
}

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = start, .stop = stop, .pointer = pointer, .transfer = transfer, .close = closeDevice, .prepare = prepare,
    .resume = resume, .delay = delay};

SND_PCM_PLUGIN_DEFINE_FUNC(faulty) {
    (void)root;
    (void)conf;
    hang();
    if (faulty_error) return -faulty_error;
    memset(&io, 0, sizeof io);
    io.version = SND_PCM_IOPLUG_VERSION;
    io.name = "faulty";
    // Its position counts from when it was prepared. If it started over with each buffer, a buffer that was played as a
    // whole would not be noticed.
    io.flags = SND_PCM_IOPLUG_FLAG_BOUNDARY_WA;
    io.poll_fd = eventfd(1, EFD_CLOEXEC);
    io.poll_events = POLLIN;
    io.callback = &callbacks;
    played = written = 0;
    hold_file = getenv("FAULTY_HOLD");
    if (hold_file) faulty_waits = faulty_quick = 1;
    int result = snd_pcm_ioplug_create(&io, name, stream, mode);
    if (result < 0) return result;
    const unsigned int access = SND_PCM_ACCESS_RW_INTERLEAVED, format = SND_PCM_FORMAT_S16;
    snd_pcm_ioplug_set_param_list(&io, SND_PCM_IOPLUG_HW_ACCESS, 1, &access);
    snd_pcm_ioplug_set_param_list(&io, SND_PCM_IOPLUG_HW_FORMAT, 1, &format);
    snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_CHANNELS, 1, 1);
    snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_RATE, 22050, 22050);
    *pcmp = io.pcm;
    faulty_openings++;
    return 0;
}

SND_PCM_PLUGIN_SYMBOL(faulty);

// Its mixer has no controls, and a descriptor that reports an error for ever.

static snd_ctl_ext_t mixer;

static void closeMixer(snd_ctl_ext_t *ext) { close(ext->poll_fd); }

static int countControls(snd_ctl_ext_t *ext) {
    (void)ext;
    return 0;
}

static int listControl(snd_ctl_ext_t *ext, unsigned int offset, snd_ctl_elem_id_t *id) {
    (void)ext, (void)offset, (void)id;
    return -ENOENT;
}

static snd_ctl_ext_key_t findControl(snd_ctl_ext_t *ext, const snd_ctl_elem_id_t *id) {
    (void)ext, (void)id;
    return SND_CTL_EXT_KEY_NOT_FOUND;
}

static int readEvent(snd_ctl_ext_t *ext, snd_ctl_elem_id_t *id, unsigned int *mask) {
    (void)ext, (void)id, (void)mask;
    faulty_questions++;
    return -EAGAIN;
}

static const snd_ctl_ext_callback_t mixerCallbacks = {
    .close = closeMixer, .elem_count = countControls, .elem_list = listControl, .find_elem = findControl,
    .read_event = readEvent};

SND_CTL_PLUGIN_DEFINE_FUNC(faulty) {
    (void)root;
    (void)conf;
    if (faulty_mixers++ > 0) return -ENODEV;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) return -errno;
    // Nobody will read what is written.
    close(ends[0]);
    memset(&mixer, 0, sizeof mixer);
    mixer.version = SND_CTL_EXT_VERSION;
    strcpy(mixer.id, "faulty");
    mixer.poll_fd = ends[1];
    mixer.callback = &mixerCallbacks;
    int result = snd_ctl_ext_create(&mixer, name, mode);
    if (result < 0) return result;
    *handlep = mixer.handle;
    return 0;
}

SND_CTL_PLUGIN_SYMBOL(faulty);
