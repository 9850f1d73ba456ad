// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>

namespace queuedeck::domain {

/// The status of a row of Job. NULL and anything but these four words is Unknown: shown, never
/// claimed, never cleaned up.
enum class JobStatus { Pending, Processing, Completed, Failed, Unknown };

inline constexpr std::array kKnownStatuses{JobStatus::Pending, JobStatus::Processing,
                                           JobStatus::Completed, JobStatus::Failed};

/// The word as stored in the column status; empty for Unknown.
QString statusText(JobStatus status);
/// The reverse; unknown words give Unknown.
JobStatus statusFromText(const QString& text);

} // namespace queuedeck::domain
