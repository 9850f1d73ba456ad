// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace queuedeck::handlers {

/// Bounds what this process may cost, from now on: memory, files of any size, descriptors, a core
/// file with somebody's card in it. To be called first thing.
void limitThisProcess();

/// Gives up what reading a picture needs not: opening files, the network, other programs and
/// processes. Such a call fails from now on. To be called once all is loaded. Where the kernel
/// cannot do this the limits remain.
void confineThisProcess();

/// So many more seconds of computing, then the kernel ends this process (SIGXCPU).
void allowSecondsOfComputing(int seconds);

/// Seconds of computing this process has used.
double secondsComputed();

} // namespace queuedeck::handlers
