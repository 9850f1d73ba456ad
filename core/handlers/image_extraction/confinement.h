// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace queuedeck::handlers {

/// Limits what this process may use from now on: memory, file sizes, descriptors, and no core file
/// with someone's card in it. To be called first.
void limitThisProcess();

/// Gives up what reading a picture does not need: opening files, the network, other programs and
/// processes. Such a call fails from now on. To be called once everything is loaded. If the kernel
/// cannot do this, only the limits apply.
void confineThisProcess();

/// Allows that many more seconds of CPU time, then the kernel ends this process (SIGXCPU).
void allowSecondsOfComputing(int seconds);

/// Seconds of CPU time this process has used.
double secondsComputed();

} // namespace queuedeck::handlers
